import llamaTokenizer from 'llama-tokenizer-js';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Pcm16k } from '../media.ts';
import { readModel } from './model-files.ts';
import { onnxOptions } from './onnx.ts';

const layers = 6;
const heads = 8;
const headSize = 36;
const startToken = 1;
const endToken = 2;
/** English has about 4 tokens a second; a decoder that says more is repeating itself. */
const maxTokensPerSecond = 6.5;
const sampleRate = 16_000;

export interface DecodeOptions {
  /** Raises or lowers the scores of the next token, given the tokens so far. */
  adjust?: (logits: Float32Array, tokens: readonly number[]) => void;
  /** Asked before each step: a recognition nobody waits for any more stops. */
  isCancelled?: () => boolean;
}

export interface Recognizer {
  transcribe(audio: Pcm16k, options?: DecodeOptions): Promise<string>;
}

/** Loads Moonshine tiny (English, MIT): an encoder and a decoder with a key-value cache, decoded greedily. */
export async function loadMoonshine(): Promise<Recognizer> {
  const [encoderModel, decoderModel] = await Promise.all([readModel('encoder'), readModel('decoder')]);
  const encoder = await InferenceSession.create(encoderModel, onnxOptions());
  const decoder = await InferenceSession.create(decoderModel, onnxOptions());
  const recognizer: Recognizer = {
    async transcribe(audio, options = {}) {
      const input = new Tensor('float32', audio, [1, audio.length]);
      const encoded = await encoder.run({ [encoder.inputNames[0] ?? 'input_values']: input });
      const states = encoded[encoder.outputNames[0] ?? 'last_hidden_state'];
      if (!states) throw new Error('The speech encoder answered nothing.');
      const tokens = await decodeGreedily(
        decoder,
        states,
        Math.ceil((audio.length / sampleRate) * maxTokensPerSecond),
        options,
      );
      return llamaTokenizer.decode([startToken, ...tokens]).trim();
    },
  };
  // The first run compiles; it would triple the time of someone's first sentence.
  await recognizer.transcribe(new Float32Array(sampleRate));
  return recognizer;
}

async function decodeGreedily(
  decoder: InferenceSession,
  states: Tensor,
  maxTokens: number,
  { adjust, isCancelled }: DecodeOptions,
): Promise<number[]> {
  let cache = emptyCache();
  const tokens: number[] = [];
  while (tokens.length < maxTokens && !isCancelled?.()) {
    const isFirst = tokens.length === 0;
    const outputs = await decoder.run({
      input_ids: new Tensor('int64', BigInt64Array.of(BigInt(tokens.at(-1) ?? startToken)), [1, 1]),
      encoder_hidden_states: states,
      use_cache_branch: new Tensor('bool', Uint8Array.of(isFirst ? 0 : 1), [1]),
      ...cache,
    });
    const logits = outputs.logits?.data;
    if (!(logits instanceof Float32Array)) throw new Error('The speech decoder answered nothing.');
    // With speech at hand an immediate end is always wrong: one utterance in seven came out empty.
    if (isFirst) logits[endToken] = Number.NEGATIVE_INFINITY;
    adjust?.(logits, tokens);
    const next = indexOfMax(logits);
    if (next === endToken) break;
    tokens.push(next);
    cache = nextCache(cache, outputs, isFirst);
  }
  return tokens;
}

type Cache = Record<string, Tensor>;

function emptyCache(): Cache {
  const cache: Cache = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const side of ['decoder', 'encoder']) {
      for (const part of ['key', 'value']) {
        const empty = new Tensor('float32', new Float32Array(0), [0, heads, 1, headSize]);
        cache[`past_key_values.${layer}.${side}.${part}`] = empty;
      }
    }
  }
  return cache;
}

/** The encoder's part of the cache is computed in the first step only; later steps answer it empty. */
function nextCache(cache: Cache, outputs: InferenceSession.OnnxValueMapType, isFirst: boolean): Cache {
  const next: Cache = {};
  for (const [name, previous] of Object.entries(cache)) {
    const present = outputs[name.replace('past_key_values', 'present')];
    const keepsPrevious = !isFirst && name.includes('.encoder.');
    next[name] = keepsPrevious || !(present instanceof Tensor) ? previous : present;
  }
  return next;
}

function indexOfMax(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  }
  return best;
}
