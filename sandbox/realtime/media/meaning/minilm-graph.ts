import { OnnxModel, type Value } from './onnx-model.ts';
import { scalesOf } from './quantize.ts';
import type { Tensors } from './safetensors.ts';

export const SIZE = 384;
const LAYERS = 6;
const HEADS = 12;
const EPSILON = 1e-12;
const ONNX_FLOAT = 1;

/**
 * Builds the network of MiniLM (Wang and others 2020, https://arxiv.org/abs/2002.10957; trained for sentences by the makers of Sentence
 * Transformers) from its quantized weights, for the neural runtime: six transformer layers, then the mean of all pieces.
 * Its input is a row for each piece of one sentence; its output is a vector of 384 numbers and length 1.
 */
export function buildMiniLm(tensors: Tensors): Uint8Array {
  const { model, normalize, layer } = new Transformer(tensors);
  let rows = normalize(model.rowsInput(SIZE), 'embeddings.LayerNorm');
  for (let index = 0; index < LAYERS; index++) rows = layer(rows, `encoder.layer.${index}`);
  const mean = model.add('ReduceMean', [rows], { axes: { ints: [0] }, keepdims: { int: 0 } });
  const norm = model.add('ReduceL2', [mean], { axes: { ints: [0] }, keepdims: { int: 1 } });
  return model.write(model.add('Div', [mean, norm]), SIZE);
}

/** A value in one byte a number, with its scale and what stands for zero. */
type Quantized = readonly Value[];

/** The parts of a transformer, as operators of a model. */
class Transformer {
  readonly model = new OnnxModel();
  readonly #tensors: Tensors;

  constructor(tensors: Tensors) {
    this.#tensors = tensors;
  }

  readonly normalize = (input: Value, name: string): Value =>
    this.model.add(
      'LayerNormalization',
      [input, this.#numbers(`${name}.weight`), this.#numbers(`${name}.bias`)],
      { axis: { int: -1 }, epsilon: { float: EPSILON } },
    );

  readonly layer = (input: Value, name: string): Value => {
    const { model, normalize } = this;
    const seen = this.#dense(this.#quantize(this.#attend(input, name)), `${name}.attention.output.dense`);
    const middle = normalize(model.add('Add', [seen, input]), `${name}.attention.output.LayerNorm`);
    const wide = this.#bend(this.#dense(this.#quantize(middle), `${name}.intermediate.dense`));
    const narrow = this.#dense(this.#quantize(wide), `${name}.output.dense`);
    return normalize(model.add('Add', [narrow, middle]), `${name}.output.LayerNorm`);
  };

  #attend(input: Value, name: string): Value {
    const { model } = this;
    const small = this.#quantize(input);
    const byHead = model.integers([-1, HEADS, SIZE / HEADS]);
    const turned = (part: string, order: readonly number[]): Value => {
      const rows = this.#dense(small, `${name}.attention.self.${part}`);
      return model.add('Transpose', [model.add('Reshape', [rows, byHead])], { perm: { ints: order } });
    };
    const asking = model.add('Mul', [turned('query', [1, 0, 2]), this.#constant((SIZE / HEADS) ** -0.5)]);
    const attention = model.add('Softmax', [model.add('MatMul', [asking, turned('key', [1, 2, 0])])], {
      axis: { int: -1 },
    });
    const seen = model.add('Transpose', [model.add('MatMul', [attention, turned('value', [1, 0, 2])])], {
      perm: { ints: [1, 0, 2] },
    });
    return model.add('Reshape', [seen, model.integers([-1, SIZE])]);
  }

  #quantize(input: Value): Quantized {
    return this.model.addMany('DynamicQuantizeLinear', [input], 3);
  }

  #dense([input, scale, zero]: Quantized, name: string): Value {
    if (!input || !scale || !zero) throw new Error('A quantized value has three parts.');
    const { model } = this;
    const { shape, values } = this.#tensors.small(`${name}.weight`);
    const product = model.add('MatMulInteger', [input, model.smallWeights(shape, values), zero]);
    const scales = model.add('Mul', [scale, this.#numbers(scalesOf(`${name}.weight`))]);
    const scaled = model.add('Mul', [model.add('Cast', [product], { to: { int: ONNX_FLOAT } }), scales]);
    return model.add('Add', [scaled, this.#numbers(`${name}.bias`)]);
  }

  /** The Gaussian error linear unit. */
  #bend(input: Value): Value {
    const { model } = this;
    const error = model.add('Erf', [model.add('Div', [input, this.#constant(Math.SQRT2)])]);
    const share = model.add('Add', [error, this.#constant(1)]);
    return model.add('Mul', [model.add('Mul', [input, share]), this.#constant(0.5)]);
  }

  #numbers(name: string): Value {
    return this.model.weights(this.#tensors.shapeOf(name), this.#tensors.numbers(name));
  }

  #constant(value: number): Value {
    return this.model.weights([1], Float32Array.of(value));
  }
}
