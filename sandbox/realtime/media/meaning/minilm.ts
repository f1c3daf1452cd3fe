import { InferenceSession, Tensor } from 'onnxruntime-web';
import { z } from 'zod';
import type { Sense } from '../interfaces.ts';
import { readModel, readSmallModel } from '../model-files.ts';
import { onnxOptions } from '../onnx.ts';
import { buildMiniLm, SIZE } from './minilm-graph.ts';
import { quantize, scalesOf } from './quantize.ts';
import { openTensors, type Tensors } from './safetensors.ts';
import { createWordSplitter } from './word-pieces.ts';

/** Longer sentences are cut; the model was trained with at most this many pieces. */
const MOST_PIECES = 128;
const WORDS = 'embeddings.word_embeddings.weight';

const Tokenizer = z.object({ model: z.object({ vocab: z.record(z.string(), z.number()) }) });

/** Loads MiniLM (all-MiniLM-L6-v2, English, Apache-2.0). Throws when a file is missing or is not the expected one. */
export async function loadMiniLm(): Promise<(sentence: string) => Promise<Sense>> {
  const [tokenizer, tensors] = await Promise.all([readModel('miniLmTokenizer'), readWeights()]);
  const { vocab } = Tokenizer.parse(JSON.parse(Buffer.from(tokenizer).toString())).model;
  const split = createWordSplitter(new Map(Object.entries(vocab)), MOST_PIECES);
  const session = await InferenceSession.create(buildMiniLm(tensors), onnxOptions());
  const look = lookIn(tensors);
  return async (sentence) => {
    const pieces = split(sentence);
    const input = new Tensor('float32', look(pieces), [pieces.length, SIZE]);
    const { [session.outputNames[0] ?? '']: output } = await session.run({
      [session.inputNames[0] ?? '']: input,
    });
    if (!(output?.data instanceof Float32Array)) throw new Error('MiniLM returned no vector.');
    return Float32Array.from(output.data);
  };
}

/** As they were packed; those of the installed package are quantized first. */
async function readWeights(): Promise<Tensors> {
  const packed = await readSmallModel('miniLm');
  return openTensors(packed ?? (await quantize(await readModel('miniLm'))));
}

/** Looks up the rows of pieces here, so that the table of all words lies in memory only once, in one byte a number. */
function lookIn(tensors: Tensors): (pieces: readonly number[]) => Float32Array<ArrayBuffer> {
  const { values: words } = tensors.small(WORDS);
  const scales = tensors.numbers(scalesOf(WORDS));
  const places = tensors.numbers('embeddings.position_embeddings.weight');
  const sentence = tensors.numbers('embeddings.token_type_embeddings.weight');
  return (pieces) => {
    const rows = new Float32Array(pieces.length * SIZE);
    for (const [place, piece] of pieces.entries()) {
      const scale = scales[piece] ?? 0;
      for (let column = 0; column < SIZE; column++) {
        const word = (words[piece * SIZE + column] ?? 0) * scale;
        rows[place * SIZE + column] = word + (places[place * SIZE + column] ?? 0) + (sentence[column] ?? 0);
      }
    }
    return rows;
  };
}
