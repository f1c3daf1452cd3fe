import 'server-only';
import { isDayWord } from '@/business/shop/words/day-words';
import { numbersAsDigits } from '@/business/shop/words/spoken-number';

/** Short words that sound unlike each other and unlike numbers. */
const WORDS = `
  amber anchor apple arrow autumn bamboo banjo basket beacon bishop bottle bronze bucket butter button
  cactus camel candle canyon carpet castle cherry chestnut cobalt comet copper cotton crystal desert
  diamond dolphin dragon eagle engine falcon feather forest fossil galaxy garden ginger granite hammer
  harbour hazel helmet hickory honey indigo island ivory jacket jasmine jungle kettle ladder lagoon lemon
  linen lobster magnet mango maple marble meadow melon mirror mustard nickel ocean olive orange orchid
  oyster panda parrot pepper pilot planet plaza pocket pumpkin purple quartz rabbit raven ribbon river
  rocket saddle salmon sapphire scarlet shadow silver spider summer sunset tiger timber tulip turtle
  umbrella valley velvet violet walnut willow window winter yellow zebra
`
  .trim()
  .split(/\s+/);

/** From 21 to 99 without the round tens, because fifty and fifteen are easily confused. */
const NUMBERS = Array.from({ length: 100 }, (_, n) => n).filter((n) => n > 20 && n % 10 !== 0);

const CODES = WORDS.length * NUMBERS.length;
/** Has no common factor with `CODES`, so every code is used once before any returns, in no visible order. */
const STRIDE = 5081;

/**
 * Returns the code of the shop's nth booking or repair: a word and a number that are easy to say and to hear, such as
 * "amber 42". All codes are used once before the first one returns.
 */
export function bookingCode(n: number): string {
  const place = (n * STRIDE) % CODES;
  return `${WORDS[Math.floor(place / NUMBERS.length)]} ${NUMBERS[place % NUMBERS.length]}`;
}

/** Words that people say around a code. */
const FILLERS = /^(my|the|is|it|its|code|number|ticket|booking|appointment|one|please)$/;

/** The two halves of a code as they were heard. `null`: not said, or not part of any code. */
function heard(said: string): { word: string | null; number: string | null } {
  const words = numbersAsDigits(said.replace(/[^\p{L}\d]+/gu, ' ')).split(' ');
  const meant = words.filter((word) => !FILLERS.test(word));
  const isDigits = (word: string) => /^\d+$/.test(word);
  const [other, ...more] = meant.filter((word) => !isDigits(word));
  const word = meant.find((each) => WORDS.includes(each)) ?? null;
  const number = meant.filter(isDigits).join('');
  // A number alone counts only if nothing else makes it a date, as in "the one on 27 November".
  const isCode = word !== null || (more.length === 0 && !isDayWord(other ?? ''));
  return { word, number: isCode && NUMBERS.includes(Number(number)) ? number : null };
}

/**
 * Returns the item whose code was said: "Amber forty-two", "amber 4 2". Recognisers sometimes mishear one half, so the
 * other half is enough if only one item has it: "the amber one", "ember 42". Returns `null` if no code fits.
 */
export function findByCode<Item extends { code: string }>(items: readonly Item[], said: string): Item | null {
  const { word, number } = heard(said);
  if (word === null && number === null) return null;
  const [only, another] = items.filter(({ code }) => {
    const [itsWord, itsNumber] = code.split(' ');
    return (word === null || word === itsWord) && (number === null || number === itsNumber);
  });
  return only !== undefined && another === undefined ? only : null;
}
