import { z } from 'zod';

/** The voices of OpenAI Realtime, the recommended ones first. */
export const VOICES = [
  'marin',
  'cedar',
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
] as const;

/** Letters, digits and signs that mean nothing in TypeScript strings, JSX, regular expressions in quotes or Markdown. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,’&/:+-]*$/u;
const NOT_PLAIN = 'may hold letters, digits, spaces and . , ’ & / : + - and begins with a letter or a digit';

/** The agent's name becomes a constant: words of the language and names that are in use already do not fit. */
const TAKEN = new Set(
  (
    'agents any arguments async await break case catch class const continue debugger default delete do else enum eval ' +
    'export extends false finally for from function if implements import in instanceof interface let new null object of ' +
    'package private protected public return static super switch this throw true try type typeof undefined var void ' +
    'while with yield'
  ).split(' '),
);

const oneLine = (text: string) =>
  text
    .trim()
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll("'", '’');
const line = z.string().transform(oneLine);

/** "José" is `jose` in addresses and in file names. */
export const toSlug = (name: string): string =>
  name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

const Site = line.pipe(
  z
    .string()
    .min(2, 'needs two characters or more')
    .max(40, 'is longer than 40 characters')
    .regex(PLAIN, NOT_PLAIN),
);
const Agent = line.pipe(
  z
    .string()
    .refine((name) => /^[a-z]{2,20}$/.test(toSlug(name)), 'is one word of 2 to 20 Latin letters')
    .refine((name) => !TAKEN.has(toSlug(name)), 'is a word that TypeScript keeps for itself')
    .transform((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`),
);
const Voice = line.pipe(
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(VOICES, `is one of ${VOICES.join(', ')}`)),
);
const Business = line
  .transform((text) => text.replace(/\.$/, ''))
  .pipe(
    z
      .string()
      .min(5, 'needs five characters or more')
      .max(120, 'is longer than 120 characters')
      .regex(PLAIN, NOT_PLAIN),
  );

/** What the script has to know. Each field corrects what it can, and says what is wrong with the rest. */
export const ANSWERS = { site: Site, agent: Agent, voice: Voice, business: Business } as const;

export type Answers = { [Name in keyof typeof ANSWERS]: z.output<(typeof ANSWERS)[Name]> };
