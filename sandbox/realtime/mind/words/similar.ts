import { prefixDistances } from '../../edit-distance.ts';
import { spellSounds } from '../hearing/sounds.ts';
import { remember } from './remember.ts';

const CONFUSED: readonly (readonly [RegExp, string])[] = [
  [/C/g, 'ts'],
  [/[dT]/g, 't'],
  [/b/g, 'p'],
  [/v/g, 'f'],
  [/[gJ]/g, 'k'],
  [/[zS]/g, 's'],
  [/m/g, 'n'],
  [/[AIUwyh]+/g, 'A'],
  [/(.)\1+/g, '$1'],
  [/A$/, ''],
];

/** Roughly how a word sounds: what recognisers confuse is one sound, and so is every vowel. */
export const toSound = remember((word) =>
  CONFUSED.reduce((sounds, [confused, one]) => sounds.replace(confused, one), spellSounds([word])),
);

/**
 * Whether a recogniser may have written `heard` for `meant`. Short words must agree in all but their vowels.
 */
export function isMisheard(heard: string, meant: string): boolean {
  if (heard === meant) return true;
  if (meant.length < 4 || heard.length < 3) return false;
  const allowed = meant.length >= 8 ? 2 : meant.length >= 5 ? 1 : 0;
  if (heard[0] === meant[0] && differsBy(heard, meant) <= allowed) return true;
  return meant.length >= 5 && toSound(heard) === toSound(meant) && toSound(meant).length >= 3;
}

/** Number of letters to change, add, drop or swap. */
const differsBy = (heard: string, meant: string): number =>
  prefixDistances(heard, meant, { swaps: true })[meant.length] ?? 0;
