import { NUMBER_WORDS } from '../words/numbers.ts';
import { remember } from '../words/remember.ts';

/**
 * How words sound, as one letter per sound: capital vowels in three classes (I front, A open, U back), S for
 * sh, C for ch, J for j, T for th. English spelling by rough rules. The same rules apply to the intended and
 * to the recognised words, so only differences matter. Spaces are silent.
 */
export function spellSounds(words: readonly string[]): string {
  return words.map(spellWord).join('');
}

const IRREGULAR = new Map(
  Object.entries({
    a: 'A',
    the: 'TA',
    i: 'AI',
    one: 'wAn',
    once: 'wAns',
    two: 'tU',
    to: 'tU',
    too: 'tU',
    who: 'hU',
    do: 'dU',
    you: 'yU',
    your: 'yUr',
    what: 'wAt',
    was: 'wAz',
    of: 'Av',
    is: 'Iz',
    my: 'mAI',
    by: 'bAI',
    buy: 'bAI',
    eight: 'It',
    ate: 'It',
    have: 'hAv',
    are: 'Ar',
    mic: 'mAIk',
    busy: 'bIzI',
    tuesday: 'tUzdI',
    wednesday: 'wInzdI',
    oclock: 'AklAk',
    people: 'pIpAl',
    z: 'zI',
    t: 'tI',
    friday: 'frAIdI',
    knight: 'nAIt',
    move: 'mUv',
    could: 'kUd',
    would: 'wUd',
    should: 'SUd',
    does: 'dAz',
    done: 'dAn',
    come: 'kAm',
    some: 'sAm',
    give: 'gIv',
    live: 'lIv',
    meant: 'mInt',
  }),
);

const RULES: readonly (readonly [RegExp, string])[] = [
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/^wh/, 'w'],
  [/^gh/, 'g'],
  [/mb$/, 'm'],
  [/ck/g, 'k'],
  [/tch/g, 'C'],
  [/ch/g, 'C'],
  [/sch/g, 'sk'],
  [/sh/g, 'S'],
  [/ph/g, 'f'],
  [/th/g, 'T'],
  [/ti(?=on|al)/g, 'S'],
  [/ture/g, 'CAr'],
  [/dge/g, 'J'],
  [/igh/g, 'AI'],
  [/augh|ough/g, 'A'],
  [/gh/g, ''],
  [/qu/g, 'kw'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/g(?=[ei][^r])/g, 'J'],
  [/j/g, 'J'],
  [/c|q/g, 'k'],
  [/(?<=[^aeiou])i([bcdfgklmnpstvz])e(?=s?$|d$)/g, 'AI$1'],
  [/(?<=[bcdfghjklmnprstvwz])e(?=s?$)/, ''],
  [/([bdfgklmnprstz])\1/g, '$1'],
  [/[aeiou]r(?![aeiou])/g, 'Ar'],
  [/ee|ea|ie|ey|ay|ai|ei/g, 'I'],
  [/oo|ou|ew|ue|ui/g, 'U'],
  [/ow|oa|au|aw|oy|oi/g, 'A'],
  [/y$/, 'I'],
  [/^y/, 'y'],
  [/(?<!^)y/g, 'I'],
  [/[ei]/g, 'I'],
  [/[ao]/g, 'A'],
  [/u/g, 'U'],
  [/[^a-zAIUSCJT]/g, ''],
];

const spellWord: (word: string) => string = remember((word) => {
  const clock = /^(\d{1,2}):(\d\d)$/.exec(word);
  if (clock) return `${spellNumber(clock[1] ?? '')}${clock[2] === '00' ? '' : spellNumber(clock[2] ?? '')}`;
  if (/^\d+$/.test(word)) return spellNumber(word);
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  return RULES.reduce((sounds, [pattern, sound]) => sounds.replace(pattern, sound), word);
});

const spellNumber = (digits: string): string =>
  (
    NUMBER_WORDS[Number(digits)] ??
    digits
      .split('')
      .map((digit) => NUMBER_WORDS[Number(digit)] ?? '')
      .join(' ')
  )
    .split(' ')
    .map(spellWord)
    .join('');
