import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeAsData } from '@/business/shop/words/in-words';
import { readSaidTime, timeWithin } from '@/business/shop/words/spoken-time';

const HOURS = { opens: 9 * 60, closes: 17 * 60 + 30 };

test.each([
  ['ten', '10:00'],
  ['at ten', '10:00'],
  ["ten o'clock", '10:00'],
  ['10 oclock', '10:00'],
  ['around ten please', '10:00'],
  ['10 am.', '10:00'],
  ['Ten A.M.', '10:00'],
  ["10 o'clock in the morning", '10:00'],
  ['half past ten', '10:30'],
  ['half ten', '10:30'],
  ['ten thirty', '10:30'],
  ['10:30', '10:30'],
  ['10.30', '10:30'],
  ['10 30', '10:30'],
  ['1030', '10:30'],
  ['friday at ten thirty', '10:30'],
  ['9.30 a.m.', '09:30'],
  ['9am', '09:00'],
  ['quarter to three', '14:45'],
  ['a quarter past nine', '09:15'],
  ['ten minutes to three', '14:50'],
  ['twenty five to four', '15:35'],
  ['quarter to one', '12:45'],
  ['two', '14:00'],
  ['2:00', '14:00'],
  ['2 pm', '14:00'],
  ['two p.m.', '14:00'],
  ['2 p m', '14:00'],
  ['two thirty pm', '14:30'],
  ['half past two in the afternoon', '14:30'],
  ['14:00', '14:00'],
  ['fourteen thirty', '14:30'],
  ['fourteen hundred', '14:00'],
  ['one', '13:00'],
  ['twelve', '12:00'],
  ['noon', '12:00'],
  ['midday', '12:00'],
  ['twelve thirty', '12:30'],
  ['five', '17:00'],
])('"%s" is %s in a shop that is open from nine to half past five', (said, time) => {
  const read = readSaidTime(said);
  expect(read && timeAsData(timeWithin(read, HOURS))).toBe(time);
});

test.each([
  ['2 am', '02:00'],
  ['two in the morning', '02:00'],
  ['12 am', '00:00'],
  ['midnight', '00:00'],
  ['10 pm', '22:00'],
  ['eight', '08:00'],
  ['six', '06:00'],
])('"%s" stays outside the hours, as %s', (said, time) => {
  const read = readSaidTime(said);
  expect(read && timeAsData(timeWithin(read, HOURS))).toBe(time);
});

test.each(['', 'soon', 'morning', 'ten or eleven', '25:00', '10:75', 'the tenth one', 'half past'])(
  '"%s" is no time',
  (said) => {
    expect(readSaidTime(said)).toBeNull();
  },
);

test('no words make it throw, or return a time outside the day', () => {
  const words = 'half past quarter to ten 30 : . am pm noon at 0 99 twelve'.split(' ');
  const phrases = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((said) => said.join(' ')),
  );
  fc.assert(
    fc.property(phrases, (said) => {
      const read = readSaidTime(said);
      const minutes = read === null ? 0 : timeWithin(read, HOURS);
      expect(minutes >= 0 && minutes < 24 * 60).toBe(true);
    }),
    { numRuns: 500 },
  );
});
