import llamaTokenizer from 'llama-tokenizer-js';

/** A place between the tokens of the session's hints. */
export interface HintNode {
  readonly next: Map<number, HintNode>;
  /** A whole hint ends here. */
  isEnd: boolean;
}

/** All hints as token paths from one root, as they begin a sentence and as they stand within one. */
export function buildHintTrie(hints: readonly string[]): HintNode {
  const root: HintNode = { next: new Map(), isEnd: false };
  for (const hint of hints.map(bare).filter((text) => text !== '')) {
    const capitalised = hint.charAt(0).toUpperCase() + hint.slice(1);
    for (const spelling of new Set([hint, capitalised])) {
      const end = tokenize(spelling).reduce(step, root);
      end.isEnd = true;
    }
  }
  return root;
}

/** Without the punctuation at the end, which the recogniser places freely. */
function bare(hint: string): string {
  return hint.trim().replace(/[\s.,?!;:]+$/, '');
}

/** Enough for several sessions. */
const MOST_REMEMBERED = 8_000;
const remembered = new Map<string, readonly number[]>();

/** Hints stay the same from turn to turn, and tokenizing them is most of the work. */
function tokenize(spelling: string): readonly number[] {
  const known = remembered.get(spelling);
  if (known) return known;
  const tokens = llamaTokenizer.encode(spelling, false, true);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(spelling, tokens);
  return tokens;
}

function step(node: HintNode, token: number): HintNode {
  const known = node.next.get(token);
  if (known) return known;
  const added: HintNode = { next: new Map(), isEnd: false };
  node.next.set(token, added);
  return added;
}
