import 'server-only';
import { z } from 'zod';
import { findByCode } from '@/business/shop/diary/booking-code';
import { listRepairs, type Repair, type RepairStage } from '@/business/shop/diary/repairs';
import { dayInWords, listInWords, priceInWords, upperFirst } from '@/business/shop/words/in-words';
import { defineTool } from '@/lib/server/agents/define-tool';
import { fail, ok } from '@/lib/server/agents/outcome';

const SUMMARY: Record<RepairStage, (repair: Repair) => string> = {
  in_progress: ({ bike, work, readyDay, pricePounds }) =>
    `Your ${bike} is on the stand for ${work}. It will be ready on ${dayInWords(readyDay)}, for ${priceInWords(pricePounds)}.`,
  ready: ({ bike, work, pricePounds }) =>
    `Your ${bike} is ready to collect. ${upperFirst(work)} comes to ${priceInWords(pricePounds)}.`,
  collected: ({ bike, work, readyDay }) =>
    `Your ${bike} was finished and collected on ${dayInWords(readyDay)}, after ${work}.`,
};

export const getRepairStatus = defineTool({
  name: 'get_repair_status',
  title: 'Check a repair',
  description: "How far the repair of the visitor's own bike is, and when it can be collected.",
  input: z.strictObject({
    ticket: z
      .string()
      .max(80)
      .optional()
      .describe(
        'The repair ticket as the visitor said it, such as "amber 42". Leave it out for the current repair.',
      ),
  }),
  needsApproval: false,
  async run(input, context) {
    const repairs = await listRepairs(context);
    const [latest] = repairs;
    if (latest === undefined) return fail('no_repairs', 'We have no bike of yours in the workshop.');
    const repair = input.ticket === undefined ? latest : findByCode(repairs, input.ticket);
    if (repair !== null) return ok(SUMMARY[repair.stage](repair), repair);
    const tickets = listInWords(repairs.map(({ code, work }) => `${code} for ${work}`));
    return fail('ticket_not_found', `I cannot find that ticket. You have ${tickets}.`);
  },
});
