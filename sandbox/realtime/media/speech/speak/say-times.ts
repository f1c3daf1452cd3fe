import { cardinal } from '../../../number-words.ts';

const TIME = String.raw`(?:[01]?\d|2[0-4])(?:[:.]?[0-5]\d)?`;
/** "9:30 am, 11 am and 2 pm": the last one gives the half of the day for all. */
const sameHalf = new RegExp(
  String.raw`\b(${TIME}) ?([ap])\.?m\b\.?(?=(?:,| and| or|, and|, or) (?!12)${TIME} ?\2\.?m\b)`,
  'gi',
);

/**
 * "9:30" → "nine thirty", "9:00" → "nine o'clock", "14:15" → "two fifteen in the afternoon", "9am" → "nine in the
 * morning": a spoken "a m" runs into its neighbours ("nine a m to" was understood as "nine day up to").
 */
export function sayTimes(text: string): string {
  return text
    .replace(sameHalf, '$1')
    .replace(
      /\b([01]?\d|2[0-4])[:.h]([0-5]\d)(?::[0-5]\d)?(?: ?([ap])\.?m\b(?:\.(?!\s*$))?)?(?![\d:])/gi,
      (match, hour: string, minute: string, half?: string) =>
        match.includes(':') || half ? clockTime(Number(hour), Number(minute), half) : match,
    )
    .replace(/\b(1[0-2]|0?[1-9]) ?([ap])\.?m\b(?:\.(?!\s*$))?/gi, (_, hour: string, half: string) =>
      clockTime(Number(hour), 0, half),
    );
}

function clockTime(hour: number, minute: number, half: string | undefined): string {
  const sinceMidnight = half ? (hour % 12) + (/p/i.test(half) ? 12 : 0) : hour % 24;
  if (minute === 0 && sinceMidnight === 0) return 'midnight';
  if (minute === 0 && sinceMidnight === 12 && half) return 'noon';
  const isBare = !half && sinceMidnight > 0 && sinceMidnight < 13;
  const hourWords = cardinal(sinceMidnight % 12 === 0 ? 12 : sinceMidnight % 12);
  const minuteWords = minute === 0 ? '' : ` ${minute < 10 ? 'oh ' : ''}${cardinal(minute)}`;
  if (isBare) return minute === 0 ? `${hourWords} o'clock` : `${hourWords}${minuteWords}`;
  return `${hourWords}${minuteWords} ${partOfDay(sinceMidnight)}`;
}

function partOfDay(hour: number): string {
  if (hour < 3 || hour >= 21) return 'at night';
  if (hour < 12) return 'in the morning';
  return hour < 18 ? 'in the afternoon' : 'in the evening';
}
