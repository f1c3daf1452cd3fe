import { expect, test } from 'vitest';
import { sayAsWords } from './say-as-words.ts';

const table: [written: string, spoken: string][] = [
  // Times
  ['at 9:30', 'at nine thirty'],
  ['at 9:00', "at nine o'clock"],
  ['at 9:05 am.', 'at nine oh five in the morning.'],
  ['at 14:15', 'at two fifteen in the afternoon'],
  ['Open 9am-5pm.', 'Open nine in the morning to five in the afternoon.'],
  ['from 9:00 to 17:00', "from nine o'clock to five in the afternoon"],
  ['9:30–11:00', "nine thirty to eleven o'clock"],
  ['at 10 a.m. on Friday', 'at ten in the morning on Friday'],
  ['9:30 am, 11 am and 2:30 pm', 'nine thirty, eleven in the morning and two thirty in the afternoon'],
  ['7 pm, 11 pm, 12 pm or 12 am', 'seven, eleven at night, noon or midnight'],
  // Prices
  ['It is $45.', 'It is forty five dollars.'],
  ['It is $1', 'It is one dollar'],
  ['€45.50', 'forty five euros and fifty cents'],
  ['45 €', 'forty five euros'],
  ['$45-$60', 'forty five dollars to sixty dollars'],
  ['$1,250', 'one thousand two hundred fifty dollars'],
  // Dates
  ['on 2026-11-21', 'on November twenty first, twenty twenty six'],
  ['Friday, November 27', 'Friday, November twenty seventh'],
  ['Fri 27 Nov', 'Friday November twenty seventh'],
  ['the 3rd of May 2005', 'the May third, two thousand five'],
  ['Nov 27 at 9:30', 'November twenty seventh at nine thirty'],
  // Ids
  ['Repair B74 is ready.', 'Repair B seven four is ready.'],
  ['booking RC-1042', 'booking R C one zero four two'],
  ['ticket #12', 'ticket number one two'],
  ['Call +1 555 0100 99', 'Call plus one five five five zero one zero zero nine nine'],
  // Numbers and units
  ['12', 'twelve'],
  ['2.5 hours', 'two point five hours'],
  ['the 2nd and the 12th', 'the second and the twelfth'],
  ['3-5 days', 'three to five days'],
  ['It takes 90 min.', 'It takes ninety minutes.'],
  ['1 h', 'one hour'],
  ['20% off', 'twenty percent off'],
  ['-5 °C', 'minus five degrees celsius'],
  ['30 km, 15 kg', 'thirty kilometers, fifteen kilograms'],
  ['1,000,000', 'one million'],
  ['open 24/7', 'open twenty four seven'],
  // Signs, addresses and markup
  ['bells & whistles', 'bells and whistles'],
  ['wren@ashlane.example', 'wren at ashlane dot example'],
  ['see https://ashlane.example/help now', 'see ashlane dot example now'],
  ['today/tomorrow', 'today or tomorrow'],
  ['**Great** — see you!', 'Great, see you!'],
  ['e.g. a chain', 'for example a chain'],
  ['Done 🎉', 'Done'],
  ['this is not OpenAI', 'this is not Open A I'],
  ['A tune-up, please.', 'A tune-up, please.'],
  ["It's fine.", "It's fine."],
  ['Ends. Begins', 'Ends. Begins'],
  ['', ''],
];

test.each(table)('"%s" is said "%s"', (written, spoken) => {
  expect(sayAsWords(written)).toBe(spoken);
});

test('no digit is left', () => {
  expect(sayAsWords('x1 2,3 4/5 6:7 89abc 1.2.3 v2')).not.toMatch(/\d/);
});
