import 'server-only';
import { z } from 'zod';
import { askForDay, openDay } from '@/business/shop/diary/asked-day';
import {
  availabilityFrom,
  type DayAvailability,
  endTime,
  startsIn,
} from '@/business/shop/diary/availability';
import { wallClock } from '@/business/shop/shop-clock';
import { dayInWords, listInWords, timeAsData, timeInWords } from '@/business/shop/words/in-words';
import { readSaidDay } from '@/business/shop/words/spoken-day';
import { parseService, saidService } from '@/business/tools/said-service';
import { defineTool } from '@/lib/server/agents/define-tool';
import { fail, ok } from '@/lib/server/agents/outcome';

/** The length of job to find times for when no service was named. */
const USUAL_SERVICE = 'tune-up';
/** On how many open days to look for the next free time when the day is full. */
const DAYS_TO_LOOK_AHEAD = 8;
/** A listener cannot remember more. */
const MOST_TIMES_SAID = 4;

const asData = ({ day, starts }: DayAvailability, service: string) => ({
  service,
  day,
  times: starts.map(timeAsData),
});

function offer({ day, starts }: DayAvailability, forService: string): string {
  const times = listInWords(starts.slice(0, MOST_TIMES_SAID).map(timeInWords));
  const more = starts.length > MOST_TIMES_SAID ? ', and more later in the day' : '';
  return `On ${dayInWords(day)} we have ${times}${forService}${more}.`;
}

export const findSlots = defineTool({
  name: 'find_slots',
  title: 'Find free times',
  description:
    'Free times in the workshop on one day. Use it before you offer or book a time; never guess what is free.',
  input: z.strictObject({
    day: z
      .string()
      .max(80)
      .describe(
        'The day in the words of the visitor, such as "Friday", "tomorrow morning" or "the third of December"; or "as soon as possible".',
      ),
    service: saidService.optional().describe('The service it is for, if the visitor named one.'),
  }),
  needsApproval: false,
  async run(input, context) {
    const asked = parseService(input.service ?? USUAL_SERVICE);
    if (!asked.ok) return asked;
    const { name, minutes } = asked.service;
    const forService = input.service === undefined ? '' : ` for a ${name}`;

    const now = wallClock(context.now, context.timeZone);
    const said = readSaidDay(input.day, now);
    if (said.kind === 'unclear') return askForDay(said.why);
    const first =
      said.kind === 'soonest'
        ? ({ ok: true, day: now.day } as const)
        : openDay(said, now, ({ closes }) => now.minutes >= Math.min(closes - minutes, endTime(said.part)));
    if (!first.ok) return first;

    // Most days have room, and every further day is one more command for the database.
    const [askedDay] = await availabilityFrom(context, first.day, 0, minutes);
    const wished = startsIn(said.part, askedDay.starts);
    if (wished.length > 0) {
      const here = { day: askedDay.day, starts: wished };
      return ok(offer(here, forService), asData(here, name));
    }
    const days = await availabilityFrom(context, first.day, DAYS_TO_LOOK_AHEAD, minutes);
    const inPart = days.map(({ day, starts }) => ({ day, starts: startsIn(said.part, starts) }));
    const next = inPart.find(({ starts }) => starts.length > 0);
    if (next !== undefined && said.kind === 'soonest') {
      return ok(offer(next, forService), asData(next, name));
    }
    const [thatDay] = days;
    const dayWords = dayInWords(thatDay.day);
    if (thatDay.starts.length > 0) {
      const summary = `Nothing is free in the ${said.part} of ${dayWords}. ${offer(thatDay, forService)}`;
      return ok(summary, asData(thatDay, name));
    }
    const [nextStart] = next?.starts ?? [];
    if (next === undefined || nextStart === undefined) {
      return fail(
        'fully_booked',
        `Nothing is free on ${dayWords} or in the days after it. Please try a later day.`,
      );
    }
    const nextWords = `${dayInWords(next.day)} at ${timeInWords(nextStart)}`;
    return ok(
      `Nothing is free on ${dayWords}${forService}. The next free time is ${nextWords}.`,
      asData(next, name),
    );
  },
});
