import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isShopDay, type ShopDay } from '@/business/shop/shop-clock';
import { readSaidDay } from '@/business/shop/words/spoken-day';

afterEach(() => {
  vi.unstubAllEnvs();
});

function read(said: string, today: ShopDay): string {
  const answer = readSaidDay(said, { day: today, minutes: 10 * 60 });
  if (answer.kind === 'unclear') return answer.why;
  const part = answer.part ?? '';
  if (answer.kind === 'soonest') return `soonest ${part}`.trim();
  return `${answer.day} ${part} ${answer.orWeekLater ? 'or a week later' : ''}`.replace(/\s+/g, ' ').trim();
}

/** Words said on Saturday 21 November 2026, and the day they mean. */
const ON_A_SATURDAY: [string, string][] = [
  ['friday', '2026-11-27'],
  ['on Friday.', '2026-11-27'],
  ['um, Friday please', '2026-11-27'],
  ['what about friday', '2026-11-27'],
  ['the Friday one', '2026-11-27'],
  ['the one on Friday', '2026-11-27'],
  ['in one week', '2026-11-28'],
  ['the twenty-one of December', '2026-12-21'],
  ['this friday', '2026-11-27'],
  ['the coming friday', '2026-11-27'],
  ['next tuesday', '2026-11-24'],
  ['friday next week', '2026-11-27'],
  ['next week on Friday', '2026-11-27'],
  ['saturday', '2026-11-21 or a week later'],
  ['saturday afternoon', '2026-11-21 afternoon or a week later'],
  ['next saturday', '2026-11-28'],
  ['this weekend', '2026-11-21'],
  ['at the weekend', '2026-11-21'],
  ['today', '2026-11-21'],
  ['right now', '2026-11-21'],
  ['this afternoon', '2026-11-21 afternoon'],
  ['tonight', '2026-11-21 evening'],
  ['tomorrow', '2026-11-22'],
  ['tomorrow morning', '2026-11-22 morning'],
  ['the day after tomorrow', '2026-11-23'],
  ['day after tomorrow', '2026-11-23'],
  ['in three days', '2026-11-24'],
  ['four days from now', '2026-11-25'],
  ['in a week', '2026-11-28'],
  ['a week today', '2026-11-28'],
  ['in two weeks', '2026-12-05'],
  ['in a fortnight', '2026-12-05'],
  ['two weeks on tuesday', '2026-12-08'],
  ['Friday week', '2026-12-04'],
  ['a week on friday', '2026-12-04'],
  ['a week from friday', '2026-12-04'],
  ['week on monday', '2026-11-30'],
  ['tuesday the week after next', '2026-12-01'],
  ['the third of December', '2026-12-03'],
  ['December third', '2026-12-03'],
  ['December the third', '2026-12-03'],
  ['the 3rd of december', '2026-12-03'],
  ['dec 3rd', '2026-12-03'],
  ['the 3rd', '2026-12-03'],
  ['on the third', '2026-12-03'],
  ['the 3rd in the morning', '2026-12-03 morning'],
  ['the twenty third of November', '2026-11-23'],
  ['November thirtieth', '2026-11-30'],
  ['friday the 27th', '2026-11-27'],
  ['friday the 4th of december', '2026-12-04'],
  ['Friday 27 November', '2026-11-27'],
  ['27 November 2026', '2026-11-27'],
  ['November 27, 2026', '2026-11-27'],
  ['2026-11-27', '2026-11-27'],
  ['27/11', '2026-11-27'],
  ['3/12', '2026-12-03'],
  ['first of January', '2027-01-01'],
  ['Christmas', '2026-12-25'],
  ['Christmas Eve', '2026-12-24'],
  ["New Year's Day", '2027-01-01'],
  ['yesterday', '2026-11-20'],
  ['last friday', '2026-11-20'],
  ['friday at ten', '2026-11-27'],
  ['thursday december third at ten thirty', '2026-12-03'],
  ['10 december at 2pm', '2026-12-10'],
  ['as soon as possible', 'soonest'],
  ['any day in the morning', 'soonest morning'],
  ['the next available', 'soonest'],
  ['any time on Friday', '2026-11-27'],
  ['next week', 'several_days'],
  ['any day next week', 'several_days'],
  ['some time in December', 'several_days'],
  ['next month', 'several_days'],
  ['thursday or friday', 'not_a_day'],
  ['friday the 28th', 'not_a_day'],
  ['saturday 30 november', 'not_a_day'],
  ['30 february', 'not_a_day'],
  ['the 45th', 'not_a_day'],
  ['in the morning', 'not_a_day'],
  ['banana', 'not_a_day'],
  ['', 'not_a_day'],
];

describe.each(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/London'])(
  'on a server in %s',
  (zone) => {
    test.each(ON_A_SATURDAY)('"%s" is %s', (said, meant) => {
      vi.stubEnv('TZ', zone);
      expect(read(said, '2026-11-21')).toBe(meant);
    });
  },
);

test.each<[string, ShopDay, string]>([
  ['next friday', '2026-11-23', '2026-12-04'],
  ['this friday', '2026-11-23', '2026-11-27'],
  ['friday', '2026-11-27', '2026-11-27 or a week later'],
  ['friday at ten', '2026-11-27', '2026-11-27 or a week later'],
  ['this friday', '2026-11-27', '2026-11-27'],
  ['next friday', '2026-11-27', '2026-12-04'],
  ['the 3rd', '2026-12-31', '2027-01-03'],
  ['the 31st', '2026-11-21', '2026-12-31'],
  ['1 march', '2026-12-31', '2027-03-01'],
])('"%s" on %s is %s', (said, today, meant) => {
  expect(read(said, today)).toBe(meant);
});

// In London the clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October.
test.each<[string, ShopDay, string]>([
  ['tomorrow', '2026-03-28', '2026-03-29'],
  ['tomorrow', '2026-03-29', '2026-03-30'],
  ['in two days', '2026-03-28', '2026-03-30'],
  ['monday', '2026-03-28', '2026-03-30'],
  ['in a week', '2026-10-24', '2026-10-31'],
  ['tomorrow', '2026-10-25', '2026-10-26'],
  ['saturday', '2026-10-25', '2026-10-31'],
])('around a daylight-saving change, "%s" on %s is %s', (said, today, meant) => {
  vi.stubEnv('TZ', 'Europe/London');
  expect(read(said, today)).toBe(meant);
});

const WORDS =
  'friday next the 3rd of december in two weeks at ten tomorrow morning 31 february 99 / : week last'.split(
    ' ',
  );

test('no words make it throw, or return a day that does not exist', () => {
  const phrases = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(phrases, (said) => {
      const answer = readSaidDay(said, { day: '2026-11-21', minutes: 600 });
      expect(answer.kind !== 'day' || isShopDay(answer.day)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
