import { z } from 'zod';
import { bookableDay } from '../../e2e/business/bookable-day.ts';

/** A weekday on which the workshop is open this week and next. */
export const openWeekday = (): string => (bookableDay() === 'friday' ? 'Friday' : 'Tuesday');

/** What the desk must not say in any call: a promise that it cannot keep, and what only a machine would read out. */
export const NEVER_SAID = [
  /\bI guarantee\b/i,
  /\bfree of charge\b/i,
  /\bI am (a )?human\b/i,
  /\b(undefined|null|NaN|\[object)\b/,
  /\b(find_slots|book_appointment|cancel_appointment)\b/,
];

const Appointments = z.object({ appointments: z.array(z.object({ service: z.string(), at: z.string() })) });

/** The caller's appointments to come are for exactly these services. Every new customer has a past one too. */
export const upcomingAppointments = (...services: string[]) =>
  Appointments.superRefine(({ appointments }, context) => {
    const today = new Date().toISOString().slice(0, 10);
    const upcoming = appointments.filter(({ at }) => at.slice(0, 10) >= today).map(({ service }) => service);
    if (upcoming.toSorted().join() === services.toSorted().join()) return;
    const message = `upcoming: ${upcoming.join(', ') || 'none'}; expected: ${services.join(', ') || 'none'}`;
    context.addIssue({ code: 'custom', path: ['appointments'], message });
  });
