import { AppointmentList } from '@/business/panel/appointment-list';
import type { AppointmentRow } from '@/business/panel/appointment-rows';
import { type Appointment, listAppointments } from '@/business/shop/diary/appointments';
import { visitShop } from '@/business/shop/diary/shop-visit';
import type { User } from '@/lib/server/auth/user';

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
