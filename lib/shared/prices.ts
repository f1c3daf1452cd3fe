/** A millionth of a US dollar: money is counted in whole ones, so that sums stay exact. */
export const MICRO_USD = 1_000_000;

/** Returns an amount in whole micro-USD. */
export const toMicroUsd = (usd: number): number => Math.round(usd * MICRO_USD);

interface TokenPrices {
  input: number;
  cached: number;
  output: number;
}

interface ModelPrices {
  /**
   * What one second of a call is planned to cost, in micro-USD, transcription included: a five-minute conversation in
   * which half of the repeated history is billed at the cached price, rounded up. $0.18 a minute for the large models,
   * $0.06 for the small ones.
   */
  planningPerSecond: number;
  /** In US dollars for a million tokens, which is micro-USD for one. Transcription is billed separately. */
  text: TokenPrices;
  audio: TokenPrices;
}

const LARGE: ModelPrices = {
  planningPerSecond: 3000,
  text: { input: 4, cached: 0.4, output: 24 },
  audio: { input: 32, cached: 0.4, output: 64 },
};
const OLDER_LARGE: ModelPrices = { ...LARGE, text: { ...LARGE.text, output: 16 } };
const MINI: ModelPrices = {
  planningPerSecond: 1000,
  text: { input: 0.6, cached: 0.06, output: 2.4 },
  audio: { input: 10, cached: 0.3, output: 20 },
};

/** The provider's model pages, compared on 2026-11-21. */
const PRICES: ReadonlyMap<string, ModelPrices> = new Map([
  ['gpt-realtime-2.1', LARGE],
  ['gpt-realtime-2', LARGE],
  ['gpt-realtime-1.5', OLDER_LARGE],
  ['gpt-realtime', OLDER_LARGE],
  ['gpt-realtime-2.1-mini', MINI],
  ['gpt-realtime-mini', MINI],
]);

/** Returns the name without its date: a dated variant costs what its family costs. */
const modelFamily = (model: string): string => model.replace(/-\d{4}-\d{2}-\d{2}$/, '');

/** A model that is missing from the table costs the highest known price, so that it cannot overrun a budget unseen. */
const readPrices = (model: string): ModelPrices => PRICES.get(modelFamily(model)) ?? LARGE;

/** Returns the planned cost of one second with `model`, in whole micro-USD. */
export const planningMicroUsdPerSecond = (model: string): number => readPrices(model).planningPerSecond;

export interface BilledTokens {
  inputText: number;
  inputAudio: number;
  /** Parts of the input. */
  cachedText: number;
  cachedAudio: number;
  outputText: number;
  outputAudio: number;
}

/** Returns the estimated price of a response, in whole micro-USD. */
export function tokensMicroUsd(model: string | null, tokens: BilledTokens): number {
  const { text, audio } = readPrices(model ?? '');
  const micro =
    (tokens.inputText - tokens.cachedText) * text.input +
    tokens.cachedText * text.cached +
    (tokens.inputAudio - tokens.cachedAudio) * audio.input +
    tokens.cachedAudio * audio.cached +
    tokens.outputText * text.output +
    tokens.outputAudio * audio.output;
  return Math.round(micro);
}
