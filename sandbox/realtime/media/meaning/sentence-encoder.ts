import type { Sense } from '../interfaces.ts';
import { loadMiniLm } from './minilm.ts';
import { loadUniversalEncoder } from './universal-encoder.ts';

export type EncodeSentence = (sentence: string) => Promise<Sense>;

/** Measured: how much MiniLM says in the product of two senses; the Universal Sentence Encoder says the rest. */
const SHARE_OF_MINILM = 0.4;

/**
 * Loads both sentence encoders. They were trained for different ends and err in different places: what people reply to each other, and
 * what belongs to one subject. Throws when a file is missing or is not the expected one.
 */
export async function loadSentenceEncoder(): Promise<EncodeSentence> {
  const encoders = [
    { encode: await loadUniversalEncoder(), share: 1 - SHARE_OF_MINILM },
    { encode: await loadMiniLm(), share: SHARE_OF_MINILM },
  ];
  return async (sentence) => {
    const compared = asCompared(sentence);
    const parts: number[][] = [];
    for (const { encode, share } of encoders) {
      parts.push(Array.from(await encode(compared), (one) => one * Math.sqrt(share)));
    }
    return Float32Array.from(parts.flat());
  };
}

/** Typed and recognised sentences differ in these. */
const asCompared = (sentence: string): string => sentence.toLowerCase().replaceAll(/[.,?!]+(?=\s|$)/g, '');
