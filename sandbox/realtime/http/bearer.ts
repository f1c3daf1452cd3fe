import { timingSafeEqual } from 'node:crypto';
import { ApiError } from '../protocol/events/api-error.ts';

export type Bearer = { kind: 'api_key' } | { kind: 'secret'; value: string };

/**
 * Identifies the caller. Without a configured key it accepts any that looks like one: there is nothing to
 * protect.
 */
export class KeyRing {
  #apiKey: string | null;

  constructor(apiKey: string | null) {
    this.#apiKey = apiKey;
  }

  /** @throws ApiError 401 without a bearer, or when it is no key */
  read(authorization: string | undefined): Bearer {
    const value = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    if (!value) {
      const message =
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";
      throw new ApiError(401, null, message);
    }
    if (this.#accepts(value)) return { kind: 'api_key' };
    // `sk-…` is a key, `ek_…` a secret, and so is what begins as ordered: `vcst_…`.
    if (/^[a-z]{1,12}_/.test(value)) return { kind: 'secret', value };
    throw new ApiError(401, 'invalid_api_key', `Incorrect API key provided: ${mask(value)}.`);
  }

  /** @throws ApiError 401 unless the bearer is the API key; an ephemeral secret is not enough */
  requireApiKey(authorization: string | undefined): void {
    if (this.read(authorization).kind === 'api_key') return;
    throw new ApiError(
      401,
      'invalid_api_key',
      'An ephemeral client secret cannot be used here. Use your API key.',
    );
  }

  #accepts(value: string): boolean {
    if (this.#apiKey === null) return value.startsWith('sk-');
    const [given, known] = [Buffer.from(value), Buffer.from(this.#apiKey)];
    return given.length === known.length && timingSafeEqual(given, known);
  }
}

/** Shows only enough of a key to recognise it. */
const mask = (value: string): string =>
  value.length < 16 ? '***' : `${value.slice(0, 3)}***${value.slice(-2)}`;
