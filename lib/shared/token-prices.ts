/** Prices in US dollars for a million tokens, which is micro-USD for one. */
interface TokenPrices {
  text: { input: number; cached: number; output: number };
  audio: { input: number; cached: number; output: number };
}

const LARGE: TokenPrices = {
  text: { input: 4, cached: 0.4, output: 24 },
  audio: { input: 32, cached: 0.4, output: 64 },
};

/** The provider's model pages, read on 2026-11-21. Transcription is billed beside it. */
const PRICES: ReadonlyMap<string, TokenPrices> = new Map([
  ['gpt-realtime-2.1', LARGE],
  ['gpt-realtime-2', LARGE],
  ['gpt-realtime-1.5', { ...LARGE, text: { ...LARGE.text, output: 16 } }],
  [
    'gpt-realtime-2.1-mini',
    { text: { input: 0.6, cached: 0.06, output: 2.4 }, audio: { input: 10, cached: 0.3, output: 20 } },
  ],
]);

export interface BilledTokens {
  inputText: number;
  inputAudio: number;
  /** Parts of the input. */
  cachedText: number;
  cachedAudio: number;
  outputText: number;
  outputAudio: number;
}

/** Estimated price of an answer, in micro-USD. An unknown model is taken for the dearest one. */
export function tokensMicroUsd(model: string | null, tokens: BilledTokens): number {
  const family = model?.replace(/-\d{4}-\d{2}-\d{2}$/, '') ?? '';
  const { text, audio } = PRICES.get(family) ?? LARGE;
  const micro =
    (tokens.inputText - tokens.cachedText) * text.input +
    tokens.cachedText * text.cached +
    (tokens.inputAudio - tokens.cachedAudio) * audio.input +
    tokens.cachedAudio * audio.cached +
    tokens.outputText * text.output +
    tokens.outputAudio * audio.output;
  return Math.round(micro);
}
