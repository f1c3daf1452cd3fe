import { expect, test } from 'vitest';
import { checkSmallModel, readModel } from '../model-files.ts';
import { quantize, roundNumbers, scalesOf } from './quantize.ts';
import { openTensors, writeTensors } from './safetensors.ts';

test('the models are packed in the bytes that are expected of a packed one', async () => {
  const miniLm = await quantize(await readModel('miniLm'));
  const universal = roundNumbers(await readModel('senseWeights'));
  expect(checkSmallModel('miniLm', miniLm)).toHaveLength(miniLm.length);
  expect(checkSmallModel('senseWeights', universal)).toHaveLength(universal.length);
  expect(() => checkSmallModel('miniLm', universal)).toThrow('not the expected version');
}, 30_000);

test('each row of a matrix has a scale of its own, and the matrices of layers are turned over', async () => {
  const name = 'encoder.layer.0.output.dense.weight';
  const matrix = { shape: [2, 3], values: Float32Array.of(1, -0.5, 0, 100, 25, 0) };
  const words = 'embeddings.word_embeddings.weight';
  const file = writeTensors(
    new Map([
      [name, matrix],
      [words, matrix],
      ['pooler.dense.weight', matrix],
    ]),
  );
  const small = openTensors(await quantize(new Uint8Array(file)));
  expect(small.names).toEqual([name, scalesOf(name), words, scalesOf(words)]);
  expect(small.small(name)).toEqual({ shape: [3, 2], values: Int8Array.of(127, 127, -63, 32, 0, 0) });
  expect(small.small(words)).toEqual({ shape: [2, 3], values: Int8Array.of(127, -63, 0, 127, 32, 0) });
  expect(Array.from(small.numbers(scalesOf(name)), (scale) => scale * 127)).toEqual([
    expect.closeTo(1, 5),
    expect.closeTo(100, 5),
  ]);
  expect(() => small.small('pooler.dense.weight')).toThrow('pooler.dense.weight');
});

test('numbers of two bytes are read as the same numbers', () => {
  const header = JSON.stringify({ halves: { dtype: 'F16', shape: [5], data_offsets: [0, 10] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const halves = Buffer.from(Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x8000).buffer);
  const { numbers } = openTensors(new Uint8Array(Buffer.concat([length, Buffer.from(header), halves])));
  expect(Array.from(numbers('halves'))).toEqual([1, -2, 0.333251953125, 2 ** -24, -0]);
});

test('rounding keeps eleven significant bits', () => {
  const numbers = Float32Array.of(1, -1e30, 0.1);
  const rounded = new Float32Array(roundNumbers(new Uint8Array(numbers.buffer)).buffer);
  for (const [index, value] of numbers.entries()) {
    expect(Math.abs((rounded[index] ?? 0) / value - 1)).toBeLessThan(2 ** -11);
  }
  expect(new Uint32Array(rounded.buffer)[2]).toBe(0x3dccc000);
});
