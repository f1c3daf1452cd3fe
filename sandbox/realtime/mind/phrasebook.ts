import { z } from 'zod';

const Words = z.array(z.string().min(1)).readonly();

/** Sentences of a running text. */
const Text = z.string().transform((text) => text.trim().split(/(?<=[.?!])\s+/));

/** How people talk with one tool. */
const ToolPhrases = z.strictObject({
  /** Suggested to a user who does not know what to say. */
  examples: Words,
  /**
   * Ways to ask for it. `a|b` either word, `(a)` optional, `{day}` the value of an argument, `{}` any value.
   * Endings do not matter, and short words in between are skipped.
   */
  asks: Words,
  /**
   * Whole sentences, for when the recogniser's words make no sense: the one that sounds most alike matches.
   * `a|b` either word, `(word)` optional, `{name}` the value of an argument.
   */
  heard: Words.optional(),
  /** More ways to ask for it, as whole sentences one behind the other: what *means* much the same matches. */
  alike: Text.optional(),
  /** Questions for its arguments. Other arguments get a general question. */
  questions: z.record(z.string(), z.string()).optional(),
  /** Said before an action, with the values filled in. */
  doing: z.string().optional(),
});

/** The source of a regular expression, applied everywhere in a sentence of plain lower-case words. */
const Pattern = z.string().transform((source, context) => {
  try {
    return new RegExp(source, 'g');
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a regular expression' });
    return z.NEVER;
  }
});

/** How people talk with one business. Every field is optional. */
export const Phrasebook = z.strictObject({
  tools: z.record(z.string(), ToolPhrases).default({}),
  /** Other words for a value of an argument. */
  synonyms: z.record(z.string(), Words).default({}),
  /** What the recogniser writes for words of this business, and what was said. Tried before anything else. */
  misheard: z.array(z.tuple([Pattern, z.string()])).default([]),
});

export type Phrasebook = z.output<typeof Phrasebook>;
