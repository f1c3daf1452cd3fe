// Tested in env.test.
import 'server-only';
import { z } from 'zod';

/*
 * Kinds of environment variables. Each has exactly one message, which says what the value may be. `parseVariables`
 * puts the name and the value in front of it.
 */

/** A whole number in a closed range. */
export function wholeNumber(from: number, to: number) {
  const mayBe = `a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, mayBe)
    .transform(Number)
    .refine((value) => value >= from && value <= to, mayBe);
}

/** An amount of US dollars: digits, and at most two after the point. */
export function usd(to: number) {
  const mayBe = `an amount in US dollars from 0 to ${to}, such as 10 or 2.50`;
  return z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, mayBe)
    .transform(Number)
    .refine((value) => value <= to, mayBe);
}

/** A switch. */
export const flag = z
  .enum(['1', 'true', '0', 'false'], 'one of 1, true, 0, false')
  .transform((value) => value === '1' || value === 'true');

/** An absolute URL with one of the given schemes, without a trailing slash. */
export function url(...schemes: string[]) {
  const mayBe = `a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return z
    .string()
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), mayBe)
    .transform((value) => value.replace(/\/+$/, ''));
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `one of ${words.join(', ')}`);
}

/** A short text that follows a pattern. */
export const matching = (pattern: RegExp, mayBe: string) => z.string().regex(pattern, mayBe);

/** Text of bounded length. */
export const text = (max: number) => z.string().max(max, `text of at most ${max} characters`);

/** A secret that cannot be guessed. */
export const secret = (min: number) =>
  z.string().min(min, `at least ${min} characters; make one with: openssl rand -base64 33`);

/** Items separated by commas, each following a pattern; spaces and letter case are forgiven. */
export function list(pattern: RegExp, mayBe: string) {
  return (
    z
      .string()
      .transform((value) =>
        value
          .split(',')
          .map((item) => item.trim().toLowerCase())
          .filter((item) => item !== ''),
      )
      // A list that was set and names nobody is a mistake: for some lists, empty means everybody.
      .refine((items) => items.length > 0 && items.every((item) => pattern.test(item)), mayBe)
  );
}
