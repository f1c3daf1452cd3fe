import { AppointmentList } from '@/business/panel/appointment-list';
import type { AppointmentRow } from '@/business/panel/appointment-rows';
import { AppointmentsPanel } from '@/business/panel/appointments-panel';
import { type Appointment, listAppointments } from '@/business/shop/diary/appointments';
import { visitShop } from '@/business/shop/diary/shop-visit';
import type { User } from '@/lib/server/auth/user';

const toRow = ({ number, service, when, code }: Appointment): AppointmentRow => ({
  number,
  service,
  when,
  code,
});

/** The business beside the conversation: the user's appointments. The page renders it again after a tool changed data. */
export async function Panel({ user }: { user: User }) {
  const appointments = await listAppointments(visitShop(user));
  return (
    <AppointmentList
      upcoming={appointments.filter(({ upcoming }) => upcoming).map(toRow)}
      past={appointments.filter(({ upcoming }) => !upcoming).map(toRow)}
    />
  );
}

/** Shown until {@link Panel} has its data. */
export function PanelLoading() {
  return (
    <AppointmentsPanel summary="Loading…">
      <div aria-hidden className="h-28 animate-wait rounded-md bg-line" />
    </AppointmentsPanel>
  );
}
