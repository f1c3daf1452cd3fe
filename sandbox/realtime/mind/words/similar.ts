import { prefixDistances } from '../../edit-distance.ts';
import { remember } from './remember.ts';

/** Number of letters to change, add, drop or swap. Stops counting beyond `most`. */
export function editDistance(a: string, b: string, most = 3): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  return prefixDistances(a, b, { swaps: true })[b.length] ?? 0;
}

/**
 * Roughly how a word sounds: letters that recognisers confuse become one, and so do vowels after the first.
 */
export const toSound = remember((word) =>
  word
    .replaceAll(/[^a-z]/g, '')
    .replaceAll(/ph/g, 'f')
    .replaceAll(/ture\b/g, 'tsr')
    .replaceAll(/tch|ch/g, 'ts')
    .replaceAll(/sh|ti(?=on)/g, 's')
    .replaceAll(/wh/g, 'w')
    .replaceAll(/kn/g, 'n')
    .replaceAll(/wr/g, 'r')
    .replaceAll(/gh/g, '')
    .replaceAll(/c(?=[eiy])/g, 's')
    .replaceAll(/[cqx]/g, 'k')
    .replaceAll(/[dt]/g, 't')
    .replaceAll(/[bp]/g, 'p')
    .replaceAll(/[vf]/g, 'f')
    .replaceAll(/[gj]/g, 'k')
    .replaceAll(/[zs]/g, 's')
    .replaceAll(/[mn]/g, 'n')
    .replaceAll(/[aeiouyw]+/g, 'a')
    .replaceAll(/h/g, '')
    .replaceAll(/(.)\1+/g, '$1')
    .replace(/a$/, ''),
);

/**
 * Whether a recogniser may have written `heard` for `meant`. Short words must agree in all but their vowels.
 */
export function isMisheard(heard: string, meant: string): boolean {
  if (heard === meant) return true;
  if (meant.length < 4 || heard.length < 3) return false;
  const allowed = meant.length >= 8 ? 2 : meant.length >= 5 ? 1 : 0;
  if (editDistance(heard, meant, allowed) <= allowed && heard[0] === meant[0]) return true;
  return meant.length >= 5 && toSound(heard) === toSound(meant) && toSound(meant).length >= 3;
}
