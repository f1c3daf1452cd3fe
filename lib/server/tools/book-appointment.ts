import 'server-only';
import { z } from 'zod';
import { bookAppointment as book } from '@/lib/server/shop/appointments';
import { askForDay, openDay } from '@/lib/server/shop/asked-day';
import { startTime } from '@/lib/server/shop/asked-time';
import { freeStarts } from '@/lib/server/shop/free-slots';
import { dayInWords, listInWords, priceInWords, timeInWords } from '@/lib/server/shop/in-words';
import { wallClock } from '@/lib/server/shop/shop-clock';
import { readSaidDay } from '@/lib/server/shop/spoken-day';
import { readSaidTime, timeWithin } from '@/lib/server/shop/spoken-time';
import { defineTool } from '@/lib/server/tools/define-tool';
import { fail, ok } from '@/lib/server/tools/outcome';
import { parseService, saidService } from '@/lib/server/tools/said-service';

const MOST_ALTERNATIVES = 3;

/** The free times nearest to the one that was wanted, in order of the clock. */
const nearest = (starts: readonly number[], wanted: number) =>
  starts
    .toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
    .slice(0, MOST_ALTERNATIVES)
    .toSorted((a, b) => a - b);

export const bookAppointment = defineTool({
  name: 'book_appointment',
  title: 'Book an appointment',
  description:
    'Books an appointment for the visitor. Use it once the visitor has chosen a service, a day and a time. The visitor allows it on the screen first.',
  input: z.strictObject({
    service: saidService.describe('The service to book.'),
    day: z
      .string()
      .max(80)
      .describe(
        'The day in the words of the visitor, such as "Friday", "tomorrow" or "the third of December".',
      ),
    time: z
      .string()
      .max(60)
      .describe('The time in the words of the visitor, such as "half past ten", "two o\'clock" or "10:30".'),
  }),
  needsApproval: true,
  changesData: true,
  timeoutMs: 5000,
  async run(input, context) {
    const asked = parseService(input.service);
    if (!asked.ok) return asked;
    const { service } = asked;

    const now = wallClock(context.now, context.timeZone);
    const saidDay = readSaidDay(input.day, now);
    if (saidDay.kind !== 'day') return askForDay(saidDay.kind === 'unclear' ? saidDay.why : 'several_days');
    const saidTime = readSaidTime(input.time);
    if (saidTime === null) {
      return fail(
        'which_time',
        'I did not understand the time. Please say it like "ten thirty" or "two o\'clock".',
      );
    }
    const open = openDay(saidDay, now, (hours) => timeWithin(saidTime, hours) <= now.minutes);
    if (!open.ok) return open;
    const start = startTime(saidTime, open, service, now);
    if (!start.ok) return start;

    const booking = await book(context, service, { day: open.day, minutes: start.minutes });
    if (booking.outcome === 'too_many') {
      return fail(
        'too_many_appointments',
        'You have five appointments already. Cancel one before you book another.',
      );
    }
    if (booking.outcome === 'booked') {
      const { code, when } = booking.appointment;
      const price = priceInWords(service.pricePounds);
      const { number: _, ...data } = booking.appointment;
      return ok(
        `You are booked in for a ${service.name} on ${when}, for ${price}. Your code is ${code}.`,
        data,
      );
    }
    const taken = `${dayInWords(open.day)} at ${timeInWords(start.minutes)} is taken.`;
    const free = freeStarts(open.day, service.minutes, booking.booked, now);
    if (free.length === 0)
      return fail('slot_taken', `${taken} Nothing else is free that day. Which other day would suit you?`);
    const others = listInWords(nearest(free, start.minutes).map(timeInWords));
    return fail('slot_taken', `${taken} That day we still have ${others}.`);
  },
});
