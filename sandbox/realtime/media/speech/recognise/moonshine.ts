import llamaTokenizer from 'llama-tokenizer-js';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Pcm16k } from '../../interfaces.ts';
import { readModel } from '../../model-files.ts';
import { onnxOptions } from '../../onnx.ts';
import { beamSearch } from './beam-search.ts';
import { DecoderSteps } from './decoder-steps.ts';
import { buildHintTrie } from './hint-trie.ts';
import { trimLead } from './trim-lead.ts';

const START_TOKEN = 1;
const END_TOKEN = 2;
const SAMPLE_RATE = 16_000;
/** English has about 4 tokens a second; a decoder that produces more repeats itself. */
const MAX_TOKENS_PER_SECOND = 6.5;
const MAX_BEAM_WIDTH = 6;
/**
 * The beam narrows for long speech, which has enough context and would take too long: 6 up to 4 s, 1 from 24
 * s.
 */
const BEAM_SECONDS = 24;

export interface Recognizer {
  /** Returns the likeliest words and favours `hints` where the audio allows them. Empty when cancelled. */
  transcribe(audio: Pcm16k, hints: readonly string[], isCancelled: () => boolean): Promise<string>;
}

/** Loads Moonshine tiny (English, MIT licence) from its two ONNX files: about 1.5 s. */
export async function loadMoonshine(): Promise<Recognizer> {
  const [encoderModel, decoderModel] = await Promise.all([readModel('encoder'), readModel('decoder')]);
  const encoder = await InferenceSession.create(encoderModel, onnxOptions());
  const decoder = await InferenceSession.create(decoderModel, onnxOptions());
  const recognizer: Recognizer = {
    async transcribe(turn, hints, isCancelled) {
      const audio = trimLead(turn);
      const seconds = audio.length / SAMPLE_RATE;
      const input = new Tensor('float32', audio, [1, audio.length]);
      const encoded = await encoder.run({ [encoder.inputNames[0] ?? '']: input });
      const states = encoded[encoder.outputNames[0] ?? ''];
      if (!states) throw new Error('The speech encoder returned nothing.');
      const tokens = await beamSearch(new DecoderSteps(decoder, states), {
        width: Math.max(1, Math.min(MAX_BEAM_WIDTH, Math.round(BEAM_SECONDS / seconds))),
        maxTokens: Math.ceil(seconds * MAX_TOKENS_PER_SECOND),
        startToken: START_TOKEN,
        endToken: END_TOKEN,
        hints: buildHintTrie(hints),
        isCancelled,
      });
      return isCancelled() ? '' : llamaTokenizer.decode([START_TOKEN, ...tokens]).trim();
    },
  };
  // The first run compiles, and would triple the time of the first sentence.
  await recognizer.transcribe(new Float32Array(SAMPLE_RATE), [], () => false);
  return recognizer;
}
