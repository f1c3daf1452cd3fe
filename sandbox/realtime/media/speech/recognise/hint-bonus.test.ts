import llamaTokenizer from 'llama-tokenizer-js';
import { expect, test } from 'vitest';
import { followHint, startOfHints } from './hint-bonus.ts';
import { buildHintTrie } from './hint-trie.ts';

/** The bonus of a complete sentence. */
function measureBonus(sentence: string, hints: string[]): number {
  const root = buildHintTrie(hints);
  const endToken = 2;
  let state = startOfHints(root);
  let total = 0;
  for (const token of [...llamaTokenizer.encode(sentence, false, true), endToken]) {
    const followed = followHint(root, state, token);
    total += followed.bonus;
    state = followed.state;
  }
  return total;
}

const tokens = (text: string) => llamaTokenizer.encode(text, false, true).length;

test('a complete hint counts once for each of its tokens', () => {
  expect(measureBonus('Can you fix a flat tire?', ['flat tire'])).toBe(2 * tokens('flat tire'));
  expect(measureBonus('Thursday', ['thursday', 'Thursday'])).toBe(2 * tokens('Thursday'));
});

test('an abandoned hint returns its bonus', () => {
  expect(measureBonus('A flat cat.', ['flat tire'])).toBe(0);
  expect(measureBonus('a booker', ['book'])).toBe(0);
});

test('the shorter of two hints is kept when the longer one fails', () => {
  expect(measureBonus('book the room', ['book', 'book the car'])).toBe(2 * tokens('book'));
});

test('there is no bonus without hints', () => {
  expect(measureBonus('What is free on Friday?', [])).toBe(0);
  expect(measureBonus('What is free on Friday?', ['', '  '])).toBe(0);
});

test('a hint counts once, so repeating it adds nothing', () => {
  const [hint, hints] = ['eight thirty', ['eight thirty', 'eight']];
  expect(measureBonus(`${hint} ${hint} ${hint}`, hints)).toBeLessThan(3 * measureBonus(hint, hints));
  expect(measureBonus('ten ten ten', ['ten'])).toBe(measureBonus('ten', ['ten']));
});
