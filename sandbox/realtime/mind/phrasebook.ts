export interface ToolPhrases {
  /** What to suggest when somebody does not know what to say. */
  examples: readonly string[];
  /**
   * Ways to ask for it. `a|b` either word, `(a)` may be missing, `{day}` the value of an argument, `{}` any value.
   * Endings do not matter, and little words in between are passed over.
   */
  asks: readonly string[];
  /**
   * Whole sentences, for when the recogniser's words make no sense: the one that sounds most alike is taken.
   * `a|b` either word, `(word)` may be missing, `{name}` the value of an argument.
   */
  heard?: readonly string[];
  /** Questions for its arguments. Anything not named here gets a general question. */
  questions?: Readonly<Record<string, string>>;
  /** Said before an action, with the values filled in. */
  doing?: string;
}

export interface Phrasebook {
  tools: Readonly<Record<string, ToolPhrases>>;
  /** Other words for a value of an argument. */
  synonyms: Readonly<Record<string, readonly string[]>>;
  /** What the recogniser writes for words of this business. Tried before anything else. */
  misheard: readonly (readonly [RegExp, string])[];
}
