const FIRST = '[CLS]';
const LAST = '[SEP]';
const UNKNOWN = '[UNK]';
/** Marks a piece that continues a word. */
const CONTINUES = '##';
const LONGEST_WORD = 100;
/** A sign by itself, or letters and digits up to the next sign or space; Chinese signs are words by themselves. */
const WORDS = /[\p{P}$+<=>^`|~]|\p{Script=Han}|[^\s\p{P}\p{Script=Han}$+<=>^`|~]+/gu;

/**
 * Returns a function that splits a sentence into the numbers of its pieces as BERT's WordPiece does, without case and accents
 * (https://arxiv.org/abs/1810.04805): the longest known piece first, a mark at either end, at most `mostPieces` in all.
 * Throws when the vocabulary has no marks.
 */
export function createWordSplitter(
  vocabulary: ReadonlyMap<string, number>,
  mostPieces: number,
): (sentence: string) => number[] {
  const [first, last, unknown] = [FIRST, LAST, UNKNOWN].map((mark) => {
    const id = vocabulary.get(mark);
    if (id === undefined) throw new Error(`The vocabulary has no ${mark}.`);
    return id;
  }) as [number, number, number];
  const splitWord = (word: string): number[] => {
    const pieces: number[] = [];
    for (let from = 0; from < word.length; ) {
      let to = word.length;
      const pieceAt = () => vocabulary.get((from > 0 ? CONTINUES : '') + word.slice(from, to));
      while (to > from && pieceAt() === undefined) to -= 1;
      const piece = pieceAt();
      if (piece === undefined || to === from) return [unknown];
      pieces.push(piece);
      from = to;
    }
    return pieces;
  };
  return (sentence) => {
    const words = plain(sentence).match(WORDS) ?? [];
    const pieces = words.flatMap((word) => (word.length > LONGEST_WORD ? [unknown] : splitWord(word)));
    return [first, ...pieces.slice(0, mostPieces - 2), last];
  };
}

const plain = (sentence: string): string =>
  sentence
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{Mn}]|(?![\t\n\r])[\p{Cc}\p{Cf}]/gu, '');
