/** The synthesiser takes longer sentences too, but their first sound comes later. */
const MAX_SENTENCE_CHARS = 160;

export interface SpokenSentence {
  text: string;
  /** Silence that a speaker leaves after it. */
  pauseMs: number;
}

/** Cuts text into sentences to be synthesised one by one, each with the pause that follows it. */
export function splitSentences(text: string): SpokenSentence[] {
  const pieces = text
    .split(/(?<=[.!?…]["')\]]*)\s+|\s*\n+\s*/)
    .flatMap((sentence) => splitLong(sentence.trim()))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  return pieces.map((piece, index) => ({
    text: piece,
    pauseMs: index === pieces.length - 1 ? 60 : /[.!?…]["')\]]*$/.test(piece) ? 280 : 140,
  }));
}

/** Cuts at a comma, or else between two words, so that no piece is too long. */
function splitLong(sentence: string): string[] {
  if (sentence.length <= MAX_SENTENCE_CHARS) return [sentence];
  const head = sentence.slice(0, MAX_SENTENCE_CHARS);
  const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '), head.lastIndexOf(': '));
  const cut = comma > MAX_SENTENCE_CHARS / 3 ? comma + 1 : head.lastIndexOf(' ');
  if (cut <= 0) return [head, ...splitLong(sentence.slice(MAX_SENTENCE_CHARS))];
  return [sentence.slice(0, cut).trim(), ...splitLong(sentence.slice(cut).trim())];
}
