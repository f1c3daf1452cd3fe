/** "No, I meant Thursday", "make it eleven", "not Friday, Saturday": what remains is the new value. */
const CORRECTION =
  /^(?:(?:no|sorry|wait|oh|hang on|hold on|actually|oops) )*(?:i (?:meant|mean|said)|make (?:it|that)|change (?:it|that)(?: to)?|(?:it|that) should be|let us (?:say|do|make it)|rather|instead|switch (?:it )?to|move (?:it|that) to|how about|what about|not \S+(?: at \S+)? but|not \S+ (?=\S))(?: (?:for|on|to|say))? ?(?<rest>.*)$/;
const DENIAL = /^(?:no|wait|sorry|oops) (?<rest>.+)$/;
const TRAILING = /^(?<rest>.+?) (?:instead|rather|not \S+)$/;
const ALSO = /^(?:and|or|what about|how about|and what about|then) (?<rest>.+)$/;

const matchRest = (pattern: RegExp, text: string): string[] | null => {
  const rest = pattern.exec(text)?.groups?.rest?.trim();
  return rest ? rest.split(' ') : null;
};

/** The corrected part of a sentence, or `null` when it corrects nothing. */
export function correctionIn(words: readonly string[]): string[] | null {
  const text = words.join(' ');
  return matchRest(CORRECTION, text) ?? matchRest(TRAILING, text) ?? matchRest(DENIAL, text);
}

/** "And on Saturday?": the same question with another value. */
export const variationIn = (words: readonly string[]): string[] | null => matchRest(ALSO, words.join(' '));
