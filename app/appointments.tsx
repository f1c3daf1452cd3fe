import { AppointmentList } from '@/components/appointments/appointment-list';
import type { AppointmentRow } from '@/components/appointments/appointment-rows';
import { type Appointment, listAppointments } from '@/lib/server/shop/appointments';
import { visitShop } from '@/lib/server/shop/shop-visit';
import type { User } from '@/lib/server/user';

const rowOf = ({ number, service, when, code }: Appointment): AppointmentRow => ({
  number,
  service,
  when,
  code,
});

/** Reads the visitor's appointments; runs again whenever a tool has changed them. */
export async function Appointments({ user }: { user: User }) {
  const appointments = await listAppointments(visitShop(user));
  return (
    <AppointmentList
      upcoming={appointments.filter(({ upcoming }) => upcoming).map(rowOf)}
      past={appointments.filter(({ upcoming }) => !upcoming).map(rowOf)}
    />
  );
}
