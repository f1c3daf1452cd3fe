import { timingSafeEqual } from 'node:crypto';
import { ApiError } from '../protocol/events/api-error.ts';

export type Bearer = { kind: 'api_key' } | { kind: 'secret'; value: string };

/**
 * Identifies the caller. Without a configured key it accepts any that looks like one: there is nothing to
 * protect.
 */
export class KeyRing {
  readonly #apiKey: string | null;
  readonly #admitted = new Set<string>();

  constructor(apiKey: string | null) {
    this.#apiKey = apiKey;
  }

  /** From now on this key is accepted too. */
  admit(apiKey: string): void {
    this.#admitted.add(apiKey);
  }

  dismiss(apiKey: string): void {
    this.#admitted.delete(apiKey);
  }

  /** @throws ApiError 401 without a bearer, or when it is no key */
  read(authorization: string | undefined): Bearer {
    const value = bearerOf(authorization);
    if (value === null) {
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
    if (this.#admitted.has(value)) return true;
    // The key of a scope that has ended is nobody's.
    if (this.#apiKey === null) return value.startsWith('sk-') && !value.startsWith('sk-scope-');
    const [given, known] = [Buffer.from(value), Buffer.from(this.#apiKey)];
    return given.length === known.length && timingSafeEqual(given, known);
  }
}

/** The key or the secret of a request, if it has one. */
export const bearerOf = (authorization: string | undefined): string | null =>
  /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;

/** Shows only enough of a key to recognise it. */
const mask = (value: string): string =>
  value.length < 16 ? '***' : `${value.slice(0, 3)}***${value.slice(-2)}`;
