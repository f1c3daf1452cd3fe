import { setImmediate as breathe } from 'node:timers/promises';
import { openTensors, writeTensors } from './safetensors.ts';

/** Matrices with these names are quantized; of the rest, only what the network uses is kept. */
const EMBEDDINGS = 'embeddings.word_embeddings.weight';
const LAYER = /^encoder\.layer\..*(query|key|value|dense)\.weight$/;
const KEPT = /^(embeddings\.(LayerNorm|position|token_type)|encoder\.).*(weight|bias)$/;
const MOST = 127;
/** Between two breaths: the recogniser shares the thread, and somebody may begin to speak. */
const ROWS_AT_ONCE = 512;

/** The name under which the scales of a quantized matrix are kept. */
export const scalesOf = (name: string): string => `${name}.scales`;

/**
 * Quantizes the weights of MiniLM to one byte each (45 MB → 23 MB): every row of a matrix by a scale of its own. The matrices of the layers are also
 * turned over, as the neural runtime multiplies them.
 */
export async function quantize(file: Uint8Array<ArrayBuffer>): Promise<Buffer<ArrayBuffer>> {
  const tensors = openTensors(file);
  const out = new Map<string, { shape: readonly number[]; values: Float32Array | Int8Array }>();
  for (const name of tensors.names) {
    const isLayer = LAYER.test(name);
    if (!isLayer && name !== EMBEDDINGS) {
      if (KEPT.test(name)) out.set(name, { shape: tensors.shapeOf(name), values: tensors.numbers(name) });
      continue;
    }
    const [rows = 0, columns = 0] = tensors.shapeOf(name);
    const { values, scales } = await quantizeRows(
      (row) => tensors.numbers(name, row),
      rows,
      columns,
      isLayer,
    );
    out.set(name, { shape: isLayer ? [columns, rows] : [rows, columns], values });
    out.set(scalesOf(name), { shape: [rows], values: scales });
  }
  return writeTensors(out);
}

/** Row by row, because the numbers of the largest matrix would take 47 MB more. */
async function quantizeRows(
  readRow: (row: number) => Float32Array,
  rows: number,
  columns: number,
  isTurned: boolean,
) {
  const values = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_AT_ONCE === 0) await breathe();
    const numbers = readRow(row);
    let most = 0;
    for (let column = 0; column < columns; column++) most = Math.max(most, Math.abs(numbers[column] ?? 0));
    const scale = most / MOST || 1;
    scales[row] = scale;
    for (let column = 0; column < columns; column++) {
      const place = isTurned ? column * rows + row : row * columns + column;
      values[place] = Math.round((numbers[column] ?? 0) / scale);
    }
  }
  return { values, scales };
}

/** Bits of a number of 32 that the Universal Sentence Encoder does not need. */
const LAST_BITS = 13;

/** Rounds numbers of four bytes to eleven significant bits: the file stays as long, but packs to half. */
export function roundNumbers(file: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> {
  const rounded = Uint32Array.from(new Uint32Array(file.slice().buffer), (bits) => {
    const kept = (bits >>> LAST_BITS) + ((bits >>> (LAST_BITS - 1)) & 1);
    return kept << LAST_BITS;
  });
  return Buffer.from(rounded.buffer);
}
