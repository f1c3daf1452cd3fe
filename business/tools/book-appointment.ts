import 'server-only';
import { z } from 'zod';
import { bookAppointment as book, tryBooking } from '@/business/shop/diary/appointments';
import { dayInWords, lengthInWords, priceInWords, timeInWords } from '@/business/shop/words/in-words';
import { planBooking, refuseBooking } from '@/business/tools/plan-booking';
import { saidService } from '@/business/tools/said-service';
import { defineTool } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';

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
  async preview(input, context) {
    const plan = planBooking(input, context);
    if (!plan.ok) return plan;
    const { service, at } = plan;
    const booking = await tryBooking(context, service, at);
    if (booking.outcome !== 'free') return refuseBooking(plan, booking);
    const details = `${lengthInWords(service.minutes)}, ${priceInWords(service.pricePounds)}`;
    return {
      ok: true,
      lines: [
        { label: 'Service', value: `${service.name} (${details})` },
        { label: 'Day', value: dayInWords(at.day) },
        { label: 'Time', value: timeInWords(at.minutes) },
      ],
    };
  },
  async run(input, context) {
    const plan = planBooking(input, context);
    if (!plan.ok) return plan;
    const { service, at } = plan;
    const booking = await book(context, service, at);
    if (booking.outcome !== 'booked') return refuseBooking(plan, booking);
    const { number: _, ...data } = booking.appointment;
    const price = priceInWords(service.pricePounds);
    return ok(
      `You are booked in for a ${service.name} on ${data.when}, for ${price}. Your code is ${data.code}.`,
      data,
    );
  },
});
