import { type InferenceSession, Tensor } from 'onnxruntime-web';
import type { StepModel } from './beam-search.ts';

const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;

type Tensors = Record<string, Tensor>;

/**
 * Moonshine's decoder, one token at a time for several hypotheses in one batch, with a key-value cache. The encoder's
 * part of the cache is computed in the first step only and is the same for all hypotheses.
 */
export class DecoderSteps implements StepModel {
  readonly #decoder: InferenceSession;
  readonly #states: Tensor;
  #spoken: Tensors = emptyCache('decoder');
  #heard: Tensors = emptyCache('encoder');
  #isFirst = true;
  readonly #repeated = new Map<Tensor, Tensor>();

  constructor(decoder: InferenceSession, states: Tensor) {
    this.#decoder = decoder;
    this.#states = states;
  }

  async step(tokens: readonly number[], from: readonly number[]): Promise<Float32Array[]> {
    const batch = tokens.length;
    const repeat = (tensor: Tensor) => (this.#isFirst ? tensor : this.#repeat(tensor, batch));
    const select = (tensor: Tensor) => (this.#isFirst ? tensor : selectRows(tensor, from));
    const outputs = await this.#decoder.run({
      input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [batch, 1]),
      encoder_hidden_states: repeat(this.#states),
      use_cache_branch: new Tensor('bool', Uint8Array.of(this.#isFirst ? 0 : 1), [1]),
      ...mapTensors(this.#heard, repeat),
      ...mapTensors(this.#spoken, select),
    });
    const present = (_: Tensor, name: string) =>
      readTensor(outputs, name.replace('past_key_values', 'present'));
    this.#spoken = mapTensors(this.#spoken, present);
    if (this.#isFirst) this.#heard = mapTensors(this.#heard, present);
    this.#isFirst = false;
    const logits = floats(readTensor(outputs, 'logits'));
    const size = logits.length / batch;
    return tokens.map((_, row) => logits.subarray(row * size, (row + 1) * size));
  }

  /** The same rows for every hypothesis; kept because the number of hypotheses seldom changes. */
  #repeat(tensor: Tensor, batch: number): Tensor {
    const known = this.#repeated.get(tensor);
    if (known?.dims[0] === batch) return known;
    const repeated = selectRows(tensor, new Array<number>(batch).fill(0));
    this.#repeated.set(tensor, repeated);
    return repeated;
  }
}

function emptyCache(side: 'decoder' | 'encoder'): Tensors {
  const cache: Tensors = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const part of ['key', 'value']) {
      const empty = new Tensor('float32', new Float32Array(0), [0, HEADS, 1, HEAD_SIZE]);
      cache[`past_key_values.${layer}.${side}.${part}`] = empty;
    }
  }
  return cache;
}

function mapTensors(tensors: Tensors, change: (tensor: Tensor, name: string) => Tensor): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, name)]));
}

/** A tensor whose first dimension consists of the named rows of another. */
function selectRows(tensor: Tensor, rows: readonly number[]): Tensor {
  if (tensor.dims[0] === rows.length && rows.every((row, index) => row === index)) return tensor;
  const source = floats(tensor);
  const size = source.length / (tensor.dims[0] ?? 1);
  const selected = new Float32Array(rows.length * size);
  for (const [index, row] of rows.entries()) {
    selected.set(source.subarray(row * size, (row + 1) * size), index * size);
  }
  return new Tensor('float32', selected, [rows.length, ...tensor.dims.slice(1)]);
}

function readTensor(outputs: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const output = outputs[name];
  if (!(output instanceof Tensor)) throw new Error(`The speech decoder did not answer "${name}".`);
  return output;
}

function floats(tensor: Tensor): Float32Array {
  if (!(tensor.data instanceof Float32Array)) throw new Error('The speech decoder answered no numbers.');
  return tensor.data;
}
