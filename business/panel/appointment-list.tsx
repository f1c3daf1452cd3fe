import { CalendarDays } from 'lucide-react';
import { type AppointmentRow, AppointmentRows } from '@/business/panel/appointment-rows';
import { AppointmentsPanel } from '@/business/panel/appointments-panel';

interface AppointmentListProps {
  upcoming: readonly AppointmentRow[];
  past: readonly AppointmentRow[];
}

/** The user's appointments, as stored on the server. */
export function AppointmentList({ upcoming, past }: AppointmentListProps) {
  return (
    <AppointmentsPanel summary={upcoming.length === 0 ? 'None yet' : `${upcoming.length} coming up`}>
      {upcoming.length === 0 && <NoAppointments />}
      <AppointmentRows rows={upcoming} state="Booked" />
      {past.length > 0 && (
        <>
          <h3 className="mt-6 mb-2 font-medium text-ink-muted text-sm">Earlier</h3>
          <AppointmentRows rows={past} state="Over" quiet />
        </>
      )}
    </AppointmentsPanel>
  );
}

function NoAppointments() {
  return (
    <div className="flex flex-col items-center gap-3 rounded-md border border-line-strong border-dashed px-6 py-8 text-center">
      <CalendarDays className="size-6 text-ink-muted" aria-hidden />
      <p className="text-ink-muted text-sm">Nothing booked yet. Ask for a free time, and it appears here.</p>
    </div>
  );
}
