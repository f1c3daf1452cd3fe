import { OnnxModel, type Value } from './onnx-model.ts';

const SIZE = 512;
const FIRST_SIZE = 256;
const HEADS = 4;
const EPSILON = 1e-6;

/** Finds weights by the end of their name. @throws Error when there are none. */
export type FindWeights = (nameEnd: string) => { shape: readonly number[]; values: Float32Array };

/**
 * Builds the network of the Universal Sentence Encoder, lite (Cer and others 2018, https://arxiv.org/abs/1803.11175), from
 * the weights of its TensorFlow graph, for the neural runtime: two transformer layers, then the mean of all pieces. Its
 * input is the numbers of the pieces of one sentence; its output is a vector of 512 numbers and length 1.
 */
export function buildUniversalEncoder(find: FindWeights, mostPieces: number): Uint8Array {
  const { model, weights, dense, layer } = new Transformer(find);
  const pieces = model.integersInput();
  const looked = model.add('Gather', [weights('Embeddings_en'), pieces]);
  const places = model.weights([mostPieces, FIRST_SIZE], timingSignal(find, mostPieces));
  const from = model.integers([0]);
  const signal = model.add('Slice', [places, from, model.add('Shape', [pieces]), from]);
  // The original adds the signal to a copy, and both up.
  const placed = model.add('Add', [looked, model.add('Add', [looked, signal])]);
  const widened = dense(
    placed,
    weights('Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat'),
    weights('Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat'),
  );
  const first = layer('Layer_0', placed, widened, FIRST_SIZE);
  const second = layer('Layer_1', first, first, SIZE);
  const mean = model.add('ReduceMean', [second], { axes: { ints: [0] }, keepdims: { int: 0 } });
  const squeezed = model.add('Tanh', [
    dense(mean, weights('tanh_layer_0/weights'), weights('tanh_layer_0/bias')),
  ]);
  const norm = model.add('ReduceL2', [squeezed], { axes: { ints: [0] }, keepdims: { int: 1 } });
  return model.write(model.add('Div', [squeezed, norm]), SIZE);
}

/** The parts of a transformer, as operators of a model. */
class Transformer {
  readonly model = new OnnxModel();
  readonly #find: FindWeights;

  constructor(find: FindWeights) {
    this.#find = find;
  }

  readonly weights = (nameEnd: string, shape?: readonly number[]): Value => {
    const found = this.#find(nameEnd);
    return this.model.weights(shape ?? found.shape, found.values);
  };

  readonly dense = (input: Value, kernel: Value, bias: Value): Value =>
    this.model.add('Add', [this.model.add('MatMul', [input, kernel]), bias]);

  readonly layer = (name: string, input: Value, residual: Value, inputSize: number): Value => {
    const { model, weights, dense } = this;
    const named = (part: string): string => `${name}/TransformerLayer/${part}`;
    const normed = this.#normalize(input, named('layer_prepostprocess/layer_norm'));
    const middle = model.add('Add', [this.#attend(normed, named('MultiheadAttention'), inputSize), residual]);
    const wide = dense(
      this.#normalize(middle, named('FFN/layer_prepostprocess/layer_norm')),
      weights(named('FFN/conv1/Tensordot/Reshape_1')),
      weights(named('FFN/conv1/bias/ConcatPartitions/concat')),
    );
    const narrow = dense(
      model.add('Relu', [wide]),
      weights(named('FFN/conv2/Tensordot/Reshape_1')),
      weights(named('FFN/conv2/bias/ConcatPartitions/concat')),
    );
    return model.add('Add', [narrow, middle]);
  };

  #normalize(input: Value, name: string): Value {
    const scale = this.weights(`${name}/layer_norm_scale/ConcatPartitions/concat`);
    const bias = this.weights(`${name}/layer_norm_bias/ConcatPartitions/concat`);
    return this.model.add('LayerNormalization', [input, scale, bias], {
      axis: { int: -1 },
      epsilon: { float: EPSILON },
    });
  }

  #attend(input: Value, name: string, size: number): Value {
    const { model, weights, dense } = this;
    const all = dense(
      input,
      weights(`${name}/qkv_transform_single/kernel/part_0`, [size, size * 3]),
      weights(`${name}/qkv_transform_single/bias/ConcatPartitions/concat`),
    );
    const parts = model.addMany('Split', [all, model.integers([size, size, size])], 3, { axis: { int: -1 } });
    const byHead = model.integers([-1, HEADS, size / HEADS]);
    const turned = (part: number, order: readonly number[]): Value =>
      model.add('Transpose', [model.add('Reshape', [parts[part] ?? all, byHead])], { perm: { ints: order } });
    const scale = model.weights([1], Float32Array.of((size / HEADS) ** -0.5));
    const asking = model.add('Mul', [turned(0, [1, 0, 2]), scale]);
    const attention = model.add('Softmax', [model.add('MatMul', [asking, turned(1, [1, 2, 0])])], {
      axis: { int: -1 },
    });
    const seen = model.add('Transpose', [model.add('MatMul', [attention, turned(2, [1, 0, 2])])], {
      perm: { ints: [1, 0, 2] },
    });
    return dense(
      model.add('Reshape', [seen, model.integers([-1, size])]),
      weights(`${name}/output_transform_single/kernel/part_0`, [size, SIZE]),
      weights(`${name}/output_transform_single/bias/ConcatPartitions/concat`),
    );
  }
}

/** What marks the place of a piece: sines, then cosines. */
function timingSignal(find: FindWeights, mostPieces: number): Float32Array {
  const { values: rates } = find('TimingSignal/ExpandDims_1');
  return Float32Array.from({ length: mostPieces * rates.length * 2 }, (_, index) => {
    const place = Math.floor(index / (rates.length * 2));
    const column = index % (rates.length * 2);
    const angle = place * (rates[column % rates.length] ?? 0);
    return column < rates.length ? Math.sin(angle) : Math.cos(angle);
  });
}
