import 'server-only';
import { z } from 'zod';
import {
  type Appointment,
  cancelAppointment as cancel,
  listAppointments,
} from '@/business/shop/diary/appointments';
import { findByCode } from '@/business/shop/diary/booking-code';
import type { ShopVisit } from '@/business/shop/diary/shop-visit';
import { findService } from '@/business/shop/services';
import { addDays, type WallClock, wallClock } from '@/business/shop/shop-clock';
import { longListInWords } from '@/business/shop/words/in-words';
import { readSaidDay } from '@/business/shop/words/spoken-day';
import { defineTool } from '@/lib/server/agents/define-tool';
import { fail, ok } from '@/lib/server/agents/outcome';
import type { ToolFailure } from '@/lib/shared/contract';

/** Returns the appointments that the words may mean: by code, otherwise by service and day. */
function meant(upcoming: readonly Appointment[], said: string, now: WallClock): readonly Appointment[] {
  const coded = findByCode(upcoming, said);
  if (coded !== null) return [coded];
  const service = findService(said);
  const day = readSaidDay(said, now);
  if (service === null && day.kind !== 'day') return [];
  const isThatDay = (one: Appointment) =>
    day.kind !== 'day' || one.day === day.day || (day.orWeekLater && one.day === addDays(day.day, 7));
  return upcoming.filter((one) => (service === null || one.service === service.name) && isThatDay(one));
}

/** Returns the upcoming appointment that the visitor means, or why there is no single one. */
async function choose(
  said: string | undefined,
  visit: ShopVisit,
): Promise<{ ok: true; appointment: Appointment } | ToolFailure> {
  const upcoming = (await listAppointments(visit)).filter((one) => one.upcoming);
  if (upcoming.length === 0)
    return fail('no_appointments', 'You have no appointment coming up, so nothing to cancel.');
  const now = wallClock(visit.now, visit.timeZone);
  const candidates = said === undefined ? upcoming : meant(upcoming, said, now);
  const [only, another] = candidates;
  if (only !== undefined && another === undefined) return { ok: true, appointment: only };
  const choice = longListInWords(
    (only ? candidates : upcoming).map(({ service, when, code }) => `${code}, the ${service} on ${when}`),
  );
  return only
    ? fail('which_appointment', `Which one do you mean? You have ${choice}.`)
    : fail('appointment_not_found', `I cannot find that appointment. You have ${choice}.`);
}

export const cancelAppointment = defineTool({
  name: 'cancel_appointment',
  title: 'Cancel an appointment',
  description:
    "Cancels one of the visitor's own upcoming appointments. The visitor allows it on the screen first.",
  input: z.strictObject({
    appointment: z
      .string()
      .max(80)
      .optional()
      .describe(
        'Which one: its code such as "amber 42", or its day or service as the visitor said it. Leave it out when the visitor has only one.',
      ),
  }),
  needsApproval: true,
  changesData: true,
  async preview(input, context) {
    const chosen = await choose(input.appointment, context);
    if (!chosen.ok) return chosen;
    const { service, when, code } = chosen.appointment;
    return {
      ok: true,
      lines: [
        { label: 'Appointment', value: service },
        { label: 'When', value: when },
        { label: 'Code', value: code },
      ],
    };
  },
  async run(input, context) {
    const chosen = await choose(input.appointment, context);
    if (!chosen.ok) return chosen;
    if (!(await cancel(context, chosen.appointment)))
      return fail('appointment_not_found', 'That appointment is gone already.');
    const { code, service, when } = chosen.appointment;
    return ok(`I have cancelled your ${service} on ${when}, code ${code}.`, { code, service, when });
  },
});
