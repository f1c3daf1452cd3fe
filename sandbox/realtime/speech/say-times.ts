import { cardinal } from './number-words.ts';

/** "9:30" → "nine thirty", "9:00" → "nine o'clock", "14:15" → "two fifteen P M", "9am" → "nine A M". A small "a" would be read as the article. */
export function sayTimes(text: string): string {
  return text
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
  const isAfternoon = hour > 12 && hour < 24;
  const hourWords = cardinal(hour === 0 || hour === 24 ? 12 : isAfternoon ? hour - 12 : hour);
  const suffix = half
    ? ` ${half.toUpperCase()} M`
    : isAfternoon
      ? ' P M'
      : hour === 0 || hour === 24
        ? ' A M'
        : '';
  if (minute === 0) return `${hourWords}${suffix || " o'clock"}`;
  return `${hourWords} ${minute < 10 ? 'oh ' : ''}${cardinal(minute)}${suffix}`;
}
