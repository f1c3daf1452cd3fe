import { z } from 'zod';

const Header = z.record(
  z.string(),
  z
    .object({
      dtype: z.string(),
      shape: z.array(z.number()),
      data_offsets: z.tuple([z.number(), z.number()]),
    })
    .or(z.object({ dtype: z.undefined().optional() }).loose()),
);

/** Rows of weights of one byte; each row has its own scale. */
export interface SmallMatrix {
  shape: readonly [rows: number, columns: number];
  values: Int8Array<ArrayBuffer>;
}

/** Weights by their names, from a safetensors file (https://huggingface.co/docs/safetensors). The getters throw when there are none of that name. */
export interface Tensors {
  names: readonly string[];
  shapeOf(name: string): readonly number[];
  /** Numbers of two or four bytes, as four bytes: all, or those of one row. */
  numbers(name: string, row?: number): Float32Array<ArrayBuffer>;
  small(name: string): SmallMatrix;
}

const HEADER_LENGTH_BYTES = 8;

/** Opens a safetensors file. Throws when it is none. */
export function openTensors(file: Uint8Array<ArrayBuffer>): Tensors {
  // A buffer of Node.js would not copy what is sliced.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length);
  const headerLength = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const start = HEADER_LENGTH_BYTES + headerLength;
  const header = Header.parse(JSON.parse(Buffer.from(bytes.subarray(HEADER_LENGTH_BYTES, start)).toString()));
  const find = (name: string, type?: string) => {
    const found = header[name];
    if (found?.dtype === undefined || (type !== undefined && found.dtype !== type)) {
      throw new Error(`The weights have no ${name} of type ${type ?? 'any'}.`);
    }
    const [from, to] = found.data_offsets;
    const bytesOfRow = (to - from) / (found.shape[0] ?? 1);
    // A copy, because views of longer numbers need an aligned beginning.
    const read = (row?: number): ArrayBuffer => {
      const begin = start + from + (row ?? 0) * bytesOfRow;
      return bytes.slice(begin, row === undefined ? start + to : begin + bytesOfRow).buffer;
    };
    return { ...found, read };
  };
  return {
    names: Object.keys(header).filter((name) => header[name]?.dtype !== undefined),
    shapeOf: (name) => find(name).shape,
    numbers(name, row) {
      const { dtype, read } = find(name);
      return dtype === 'F16'
        ? widen(new Uint16Array(read(row)))
        : new Float32Array(find(name, 'F32').read(row));
    },
    small(name) {
      const { shape, read } = find(name, 'I8');
      return { shape: [shape[0] ?? 0, shape[1] ?? 0], values: new Int8Array(read()) };
    },
  };
}

/** Writes a safetensors file. */
export function writeTensors(
  tensors: ReadonlyMap<string, { shape: readonly number[]; values: Float32Array | Int8Array }>,
): Buffer<ArrayBuffer> {
  let offset = 0;
  const header = Object.fromEntries(
    Array.from(tensors, ([name, { shape, values }]) => {
      const from = offset;
      offset += values.byteLength;
      return [
        name,
        { dtype: values instanceof Int8Array ? 'I8' : 'F32', shape, data_offsets: [from, offset] },
      ];
    }),
  );
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(HEADER_LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(json.length));
  const data = Array.from(
    tensors.values(),
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  return Buffer.concat([length, json, ...data]);
}

/** Numbers of 16 bits (IEEE 754) as numbers of 32. */
function widen(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const wide = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++) wide[index] = VALUES[halves[index] ?? 0] ?? 0;
  return wide;
}

/** The value of each number of 16 bits: there are few enough to look them up. */
const VALUES = Float32Array.from({ length: 2 ** 16 }, (_, half) => {
  const sign = half >> 15 === 0 ? 1 : -1;
  const exponent = (half >> 10) & 31;
  const fraction = (half & 1023) / 1024;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
});
