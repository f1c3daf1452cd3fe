/** The server that the suite tests. */
export interface Target {
  baseUrl: string;
  apiKey: string;
  /** The real API, which takes no faults. */
  isLive: boolean;
  /** Whether calls may produce audio and text that cost money. */
  maySpend: boolean;
}

export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

/** Set by `playwright.config.ts` and its global setup, which run before every test. */
export function readTarget(env: Record<string, string | undefined>): Target {
  const isLive = env.CONTRACT_LIVE === '1';
  return {
    baseUrl: isLive ? OPENAI_BASE_URL : (env.CONTRACT_BASE_URL ?? ''),
    apiKey: (isLive ? env.OPENAI_API_KEY : env.CONTRACT_API_KEY) ?? '',
    isLive,
    maySpend: !isLive || env.CONTRACT_SPEND === '1',
  };
}
