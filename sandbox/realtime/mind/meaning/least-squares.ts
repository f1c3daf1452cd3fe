import { setImmediate as breathe } from 'node:timers/promises';
import type { Sense } from '../../media/interfaces.ts';

/** How much a single example may bend the result: less for more. */
const CAUTION = 0.3;
/** Beside the numbers of a sense: what all examples of a label have in common. */
const CONSTANT = 0.25;
/** Between two breaths, so that audio is never late. */
const ROWS_AT_ONCE = 4;

/** Says how well each label fits a sense: 1 as an example of it, below 0 as one of another. */
export type Fit = (sense: Sense) => ReadonlyMap<string, number>;

/**
 * Learns labels from examples: ridge regression, each label against all others, labels with few examples as important as those
 * with many. It looks at what tells the labels apart, so words that all of them share, such as "can you", do not count.
 */
export async function fitLabels(examples: readonly { label: string; sense: Sense }[]): Promise<Fit> {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const counts = new Map(
    labels.map((label) => [label, examples.filter((one) => one.label === label).length]),
  );
  const triangle = await decompose(
    examples,
    (label) => ((counts.get(label) ?? 1) * labels.length) / examples.length,
  );
  const weights = labels.map((label) => {
    const wanted = examples.map((one) => (one.label === label ? 1 : -1 / (labels.length - 1)));
    return weigh(examples, solve(triangle, wanted));
  });
  return (sense) =>
    new Map(labels.map((label, index) => [label, fitOf(weights[index] ?? new Float64Array(), sense)]));
}

const product = (a: Sense, b: Sense): number => {
  let sum = CONSTANT;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
};

/** Cholesky: the lower triangle of the products of all examples, with more caution for those that stand for many. */
async function decompose(
  examples: readonly { label: string; sense: Sense }[],
  shareOf: (label: string) => number,
): Promise<Float64Array[]> {
  const rows: Float64Array[] = [];
  for (const [index, { label, sense }] of examples.entries()) {
    if (index % ROWS_AT_ONCE === 0) await breathe();
    const row = new Float64Array(index + 1);
    for (let column = 0; column <= index; column++) {
      const other = rows[column] ?? row;
      let rest = product(sense, examples[column]?.sense ?? sense);
      for (let k = 0; k < column; k++) rest -= (row[k] ?? 0) * (other[k] ?? 0);
      row[column] = column < index ? rest / (other[column] ?? 1) : Math.sqrt(rest + CAUTION * shareOf(label));
    }
    rows.push(row);
  }
  return rows;
}

function solve(triangle: readonly Float64Array[], wanted: readonly number[]): Float64Array {
  const solved = Float64Array.from(wanted);
  for (const [index, row] of triangle.entries()) {
    for (let k = 0; k < index; k++) solved[index] = (solved[index] ?? 0) - (row[k] ?? 0) * (solved[k] ?? 0);
    solved[index] = (solved[index] ?? 0) / (row[index] ?? 1);
  }
  for (let index = triangle.length - 1; index >= 0; index--) {
    const row = triangle[index] ?? new Float64Array();
    const value = (solved[index] ?? 0) / (row[index] ?? 1);
    solved[index] = value;
    for (let k = 0; k < index; k++) solved[k] = (solved[k] ?? 0) - (row[k] ?? 0) * value;
  }
  return solved;
}

/** The weights of a label; the last is the constant. */
function weigh(examples: readonly { sense: Sense }[], shares: Float64Array): Float64Array {
  const size = examples[0]?.sense.length ?? 0;
  const weights = new Float64Array(size + 1);
  for (const [index, { sense }] of examples.entries()) {
    const share = shares[index] ?? 0;
    for (let place = 0; place < size; place++)
      weights[place] = (weights[place] ?? 0) + share * (sense[place] ?? 0);
    weights[size] = (weights[size] ?? 0) + share * CONSTANT;
  }
  return weights;
}

function fitOf(weights: Float64Array, sense: Sense): number {
  let sum = weights[sense.length] ?? 0;
  for (let place = 0; place < sense.length; place++) sum += (weights[place] ?? 0) * (sense[place] ?? 0);
  return sum;
}
