import { followHint, type HintState, startOfHints } from './hint-bonus.ts';
import type { HintNode } from './hint-trie.ts';

/** Scores the next token of several hypotheses at once. */
export interface StepModel {
  /**
   * One row of logits for each hypothesis, in order. `from` names for each the row of the previous step that it
   * continues; `tokens` its newest token.
   */
  step(tokens: readonly number[], from: readonly number[]): Promise<Float32Array[]>;
}

export interface BeamOptions {
  width: number;
  maxTokens: number;
  startToken: number;
  endToken: number;
  hints: HintNode;
  /** Checked before each step: a recognition whose result is no longer needed stops. */
  isCancelled: () => boolean;
}

interface Hypothesis {
  tokens: number[];
  score: number;
  hint: HintState;
  /** Row of the step that scored the newest token. */
  row: number;
}

/** A hypothesis that never ended is probably a repetition. */
const UNFINISHED_PENALTY = 3;
/** A hinted token counts down to this log probability, even when it is not among the best. */
const HINT_FLOOR = -8;

/** Finds the likeliest token sequence, hints favoured, keeping the best `width` at each step. */
export async function beamSearch(model: StepModel, options: BeamOptions): Promise<number[]> {
  const { width, maxTokens, startToken, endToken, hints, isCancelled } = options;
  let live: Hypothesis[] = [{ tokens: [], score: 0, hint: startOfHints(hints), row: 0 }];
  let best: Hypothesis | null = null;
  for (let length = 0; length < maxTokens && live.length > 0 && !isCancelled(); length++) {
    const newest = live.map(({ tokens }) => tokens.at(-1) ?? startToken);
    const rows = await model.step(
      newest,
      live.map(({ row }) => row),
    );
    const candidates = rows
      .flatMap((logits, row) => continuations(live[row], logits, row, options, length === 0))
      .sort((a, b) => b.score - a.score);
    live = [];
    for (const candidate of candidates) {
      if (live.length === width) break;
      if (candidate.tokens.at(-1) !== endToken) live.push(candidate);
      else if (!best || candidate.score > best.score) best = candidate;
    }
    const reached = best?.score ?? Number.NEGATIVE_INFINITY;
    if (live.every(({ score }) => score <= reached)) break;
  }
  const unfinished = live[0];
  if (unfinished && (!best || unfinished.score - UNFINISHED_PENALTY > best.score)) best = unfinished;
  return (best?.tokens ?? []).filter((token) => token !== endToken);
}

function continuations(
  from: Hypothesis | undefined,
  logits: Float32Array,
  row: number,
  { width, endToken, hints }: BeamOptions,
  isFirst: boolean,
): Hypothesis[] {
  if (!from) return [];
  // With speech in the audio, an immediate end is always wrong: one utterance in seven came out empty.
  if (isFirst) logits[endToken] = Number.NEGATIVE_INFINITY;
  const normalizer = logSumExp(logits);
  const logProbability = (token: number) => (logits[token] ?? Number.NEGATIVE_INFINITY) - normalizer;
  const tokens = new Set(bestIndices(logits, width));
  for (const node of new Set([hints, from.hint.node])) {
    for (const token of node.next.keys()) if (logProbability(token) > HINT_FLOOR) tokens.add(token);
  }
  return Array.from(tokens, (token) => {
    const { bonus, state } = followHint(hints, from.hint, token);
    return {
      tokens: [...from.tokens, token],
      score: from.score + logProbability(token) + bonus,
      hint: state,
      row,
    };
  });
}

function logSumExp(values: Float32Array): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > max) max = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - max);
  return max + Math.log(sum);
}

function bestIndices(values: Float32Array, count: number): number[] {
  const best: number[] = [];
  let worst = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (best.length === count && value <= worst) continue;
    const place = best.findIndex((other) => (values[other] ?? 0) < value);
    best.splice(place === -1 ? best.length : place, 0, index);
    best.length = Math.min(best.length, count);
    worst = values[best[best.length - 1] ?? 0] ?? 0;
  }
  return best;
}
