import { InferenceSession, Tensor } from 'onnxruntime-web';
import { z } from 'zod';
import type { Sense } from '../interfaces.ts';
import { readModel, readSmallModel } from '../model-files.ts';
import { onnxOptions } from '../onnx.ts';
import { createSplitter } from './sentence-pieces.ts';
import { buildUniversalEncoder, type FindWeights } from './universal-graph.ts';

/** Longer sentences are cut; the model was made for at most this many pieces. */
const MOST_PIECES = 128;

const Manifest = z.object({
  weightsManifest: z.tuple([
    z.object({ weights: z.array(z.object({ name: z.string(), shape: z.array(z.number()) })) }),
  ]),
});
const Vocabulary = z.array(z.tuple([z.string(), z.number().nullable()]));

/** Loads the Universal Sentence Encoder, lite (English, Apache-2.0). Throws when a file is missing or is not the expected one. */
export async function loadUniversalEncoder(): Promise<(sentence: string) => Promise<Sense>> {
  const [manifest, vocabulary, weights] = await Promise.all([
    readModel('senseManifest').then((bytes) => Manifest.parse(parseJson(bytes))),
    readModel('senseVocabulary').then((bytes) => Vocabulary.parse(parseJson(bytes))),
    readSmallModel('senseWeights').then((packed) => packed ?? readModel('senseWeights')),
  ]);
  const split = createSplitter(vocabulary);
  const network = buildUniversalEncoder(findIn(manifest, weights), MOST_PIECES);
  const session = await InferenceSession.create(network, onnxOptions());
  return async (sentence) => {
    const pieces = split(sentence).slice(0, MOST_PIECES);
    const input = new Tensor('int64', BigInt64Array.from(pieces, BigInt), [pieces.length]);
    const { [session.outputNames[0] ?? '']: output } = await session.run({
      [session.inputNames[0] ?? '']: input,
    });
    if (!(output?.data instanceof Float32Array)) throw new Error('The sentence encoder returned no vector.');
    return Float32Array.from(output.data);
  };
}

const parseJson = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

/** The weights lie one behind the other, in the order of the manifest; all have four bytes a number. */
function findIn(manifest: z.infer<typeof Manifest>, weights: Uint8Array<ArrayBuffer>): FindWeights {
  let offset = weights.byteOffset;
  const all = manifest.weightsManifest[0].weights.map(({ name, shape }) => {
    const length = shape.reduce((product, side) => product * side, 1);
    const values = new Float32Array(weights.buffer, offset, length);
    offset += values.byteLength;
    return { name, shape, values };
  });
  return (nameEnd) => {
    const found = all.find(({ name }) => name.endsWith(nameEnd));
    if (!found) throw new Error(`The sentence encoder has no weights ${nameEnd}.`);
    return found;
  };
}
