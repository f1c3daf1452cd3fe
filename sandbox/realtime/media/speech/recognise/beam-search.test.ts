import { expect, test } from 'vitest';
import { type BeamOptions, beamSearch, type StepModel } from './beam-search.ts';
import { buildHintTrie } from './hint-trie.ts';

const end = 2;

/** A language of few tokens: which may follow which, and how likely. */
function createModel(language: Record<number, Record<number, number>>): StepModel {
  return {
    step: async (tokens) =>
      tokens.map((token) => {
        const logits = new Float32Array(32_000).fill(-20);
        for (const [next, probability] of Object.entries(language[token] ?? { [end]: 1 })) {
          logits[Number(next)] = Math.log(probability);
        }
        return logits;
      }),
  };
}

const options = (changes: Partial<BeamOptions> = {}): BeamOptions => ({
  width: 4,
  maxTokens: 10,
  startToken: 1,
  endToken: end,
  hints: buildHintTrie([]),
  isCancelled: () => false,
  ...changes,
});

test('finds the likeliest sentence even when its first token is unlikely', async () => {
  const model = createModel({ 1: { 10: 0.6, 11: 0.4 }, 10: { 12: 0.3, 13: 0.3, 14: 0.4 }, 11: { 15: 1 } });
  expect(await beamSearch(model, options())).toEqual([11, 15]);
  expect(await beamSearch(model, options({ width: 1 }))).toEqual([10, 14]);
});

test('never returns an empty sentence at once', async () => {
  expect(await beamSearch(createModel({ 1: { [end]: 0.9, 10: 0.1 } }), options())).toEqual([10]);
});

test('stops a sentence that does not end', async () => {
  expect(
    await beamSearch(createModel({ 1: { 10: 1 }, 10: { 10: 1 } }), options({ maxTokens: 5 })),
  ).toHaveLength(5);
});

test('a hint wins over a slightly likelier token', async () => {
  const hints = buildHintTrie(['book']);
  const [book = 0] = hints.next.keys();
  const model = createModel({ 1: { 10: 0.7, [book]: 0.3 } });
  expect(await beamSearch(model, options())).toEqual([10]);
  expect(await beamSearch(model, options({ hints }))).toEqual([book]);
});

test('stops when cancelled', async () => {
  let steps = 0;
  const isCancelled = () => ++steps > 2;
  expect(
    await beamSearch(createModel({ 1: { 10: 1 }, 10: { 10: 1 } }), options({ isCancelled })),
  ).toHaveLength(2);
});
