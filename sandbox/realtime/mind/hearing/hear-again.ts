import { alignPart, type Reach, type Sounds, surplusCosts, toSounds, weigh } from './alignment.ts';
import type { Part, Sentence } from './sentences.ts';
import { spellSounds } from './sounds.ts';

/** Longer speech is not a command. */
const MOST_SOUNDS = 90;
const FEWEST_SOUNDS = 3;

/**
 * The expected sentence that sounds most like what the recogniser wrote, if its distance is below the limit:
 * 0 is the same sound, 1 nothing in common.
 */
export function hearAgain(
  words: readonly string[],
  sentences: readonly Sentence[],
  limit: number,
): string | null {
  const heard = toSounds(spellSounds(words));
  if (heard.length < FEWEST_SOUNDS || heard.length > MOST_SOUNDS) return null;
  let best: Aligned | null = null;
  for (const sentence of sentences) {
    const nearest: number = best ? best.distance : limit;
    best = align(sentence, heard, nearest) ?? best;
  }
  return best?.text ?? null;
}

interface Aligned {
  text: string;
  distance: number;
}

interface Step {
  part: Part;
  reach: Reach;
  /** The cheapest way to say the part, for each place where it may end. */
  ways: Uint8Array;
}

/** `null` when the sentence is further away than `limit`; most are dropped after their first words. */
function align(sentence: Sentence, heard: Sounds, limit: number): Aligned | null {
  const heardWeight = weigh(heard);
  const mostCost = limit * Math.max(heardWeight, sentence.mostWeight);
  const steps: Step[] = [];
  let costs = surplusCosts(heard);
  for (const part of sentence.parts) {
    const step = alignWays(part, heard, costs);
    costs = step.reach.costs;
    if (Math.min(...costs) > mostCost) return null;
    steps.push(step);
  }
  const chosen = traceBack(steps, heard.length);
  const weight = chosen.reduce((sum, way) => sum + weigh(way.sounds), 0);
  const distance = (costs.at(-1) ?? Number.POSITIVE_INFINITY) / Math.max(heardWeight, weight);
  if (distance >= limit) return null;
  return {
    text: chosen
      .map(({ text }) => text)
      .filter(Boolean)
      .join(' '),
    distance,
  };
}

function alignWays(part: Part, heard: Sounds, before: Float32Array): Step {
  const ways = new Uint8Array(before.length);
  let reach: Reach | null = null;
  for (const [way, { sounds }] of part.entries()) {
    const next = alignPart(sounds, heard, before);
    if (!reach) {
      reach = next;
      continue;
    }
    for (let place = 0; place < before.length; place++) {
      if ((next.costs[place] ?? 0) >= (reach.costs[place] ?? 0)) continue;
      reach.costs[place] = next.costs[place] ?? 0;
      reach.from[place] = next.from[place] ?? 0;
      ways[place] = way;
    }
  }
  return { part, ways, reach: reach ?? { costs: before, from: ways } };
}

function traceBack(steps: readonly Step[], end: number): Part[number][] {
  let place = end;
  return steps
    .toReversed()
    .flatMap(({ part, reach, ways }) => {
      const way = part[ways[place] ?? 0];
      place = reach.from[place] ?? 0;
      return way ? [way] : [];
    })
    .toReversed();
}
