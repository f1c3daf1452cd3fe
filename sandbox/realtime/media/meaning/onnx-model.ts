/**
 * Writes models for the neural runtime, as protobuf: the fields of `onnx.proto` that a plain network needs, by their
 * numbers there (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */

const IR_VERSION = 8;
const OPERATOR_SET = 17;
const FLOAT = 1;
const INT8 = 3;
const INT64 = 7;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** A value of a network under construction, by its name there. */
export type Value = string & { readonly brand: 'onnx value' };

type Attribute = { float: number } | { int: number } | { ints: readonly number[] };

/** A network under construction: operators in the order of their calculation, and the weights that they use. */
export class OnnxModel {
  readonly #nodes: Encoded[] = [];
  readonly #weights: Encoded[] = [];
  readonly #inputs: Encoded[] = [];
  #count = 0;

  /** Adds an operator. Returns its outputs. */
  add(
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const [output] = this.addMany(operator, inputs, 1, attributes);
    return output ?? this.#name();
  }

  /** Adds an operator with several outputs. */
  addMany(
    operator: string,
    inputs: readonly Value[],
    outputs: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value[] {
    const names = Array.from({ length: outputs }, () => this.#name());
    this.#nodes.push(
      message(
        ...inputs.map((input) => text(1, input)),
        ...names.map((name) => text(2, name)),
        text(4, operator),
        ...Object.entries(attributes).map(([name, value]) => nested(5, writeAttribute(name, value))),
      ),
    );
    return names;
  }

  /** Adds weights. They are not copied before `write`. */
  weights(shape: readonly number[], values: Float32Array): Value {
    return this.#tensor(FLOAT, shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /** Adds weights of one byte. */
  smallWeights(shape: readonly number[], values: Int8Array): Value {
    return this.#tensor(INT8, shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /** Adds whole numbers, such as a shape. */
  integers(values: readonly number[]): Value {
    const raw = BigInt64Array.from(values, BigInt);
    return this.#tensor(INT64, [values.length], new Uint8Array(raw.buffer));
  }

  /** An input of the network: a list of whole numbers of any length. */
  integersInput(): Value {
    return this.#input(INT64, [null]);
  }

  /** An input of the network: any number of rows of numbers. */
  rowsInput(length: number): Value {
    return this.#input(FLOAT, [null, length]);
  }

  /** The finished model: `output` is a vector of `size` numbers. */
  write(output: Value, size: number): Uint8Array {
    const graph = message(
      ...this.#nodes.map((node) => nested(1, node)),
      text(2, 'graph'),
      ...this.#weights.map((weights) => nested(5, weights)),
      ...this.#inputs.map((input) => nested(11, input)),
      nested(12, writeValueInfo(output, FLOAT, [size])),
    );
    const model = message(number(1, IR_VERSION), nested(7, graph), nested(8, number(2, OPERATOR_SET)));
    return Buffer.concat(model.pieces);
  }

  #input(type: number, shape: readonly (number | null)[]): Value {
    const name = this.#name();
    this.#inputs.push(writeValueInfo(name, type, shape));
    return name;
  }

  #name(): Value {
    this.#count += 1;
    return `v${this.#count}` as Value;
  }

  #tensor(type: number, shape: readonly number[], raw: Uint8Array): Value {
    const name = this.#name();
    this.#weights.push(
      message(...shape.map((length) => number(1, length)), number(2, type), text(8, name), bytes(9, raw)),
    );
    return name;
  }
}

function writeAttribute(name: string, value: Attribute): Encoded {
  if ('float' in value) return message(text(1, name), float(2, value.float), number(20, ATTRIBUTE_FLOAT));
  if ('int' in value) return message(text(1, name), number(3, value.int), number(20, ATTRIBUTE_INT));
  const ints = value.ints.map((one) => number(8, one));
  return message(text(1, name), ...ints, number(20, ATTRIBUTE_INTS));
}

function writeValueInfo(name: Value, type: number, shape: readonly (number | null)[]): Encoded {
  const lengths = shape.map((length) => nested(1, length === null ? text(2, 'any') : number(1, length)));
  const tensor = message(number(1, type), nested(2, message(...lengths)));
  return message(text(1, name), nested(2, nested(1, tensor)));
}

/** A message in pieces, so that weights are copied only once. */
interface Encoded {
  length: number;
  pieces: readonly Uint8Array[];
}

const whole = (bytes: Uint8Array): Encoded => ({ length: bytes.length, pieces: [bytes] });
const message = (...fields: readonly Encoded[]): Encoded => ({
  length: fields.reduce((sum, { length }) => sum + length, 0),
  pieces: fields.flatMap(({ pieces }) => pieces),
});
const nested = (field: number, value: Encoded): Encoded =>
  message(varint(field * 8 + 2), varint(value.length), value);
const bytes = (field: number, value: Uint8Array): Encoded => nested(field, whole(value));
const text = (field: number, value: string): Encoded => bytes(field, Buffer.from(value));
const number = (field: number, value: number): Encoded => message(varint(field * 8), varint(value));

function float(field: number, value: number): Encoded {
  const raw = Buffer.alloc(4);
  raw.writeFloatLE(value);
  return message(varint(field * 8 + 5), whole(raw));
}

/** Negative numbers take ten bytes, as 64 bits in two's complement. */
function varint(value: number): Encoded {
  let rest = BigInt.asUintN(64, BigInt(value));
  const out: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return whole(Uint8Array.from(out));
}
