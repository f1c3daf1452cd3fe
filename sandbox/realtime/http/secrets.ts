import type { Clock } from '../protocol/clock.ts';
import { ApiError } from '../protocol/events/api-error.ts';
import { base62 } from '../protocol/events/ids.ts';
import type { Session } from '../protocol/policy/session.ts';

const MAX_SECRETS = 1_000;

export interface Secret {
  value: string;
  expiresAtSeconds: number;
  session: Session;
  safetyIdentifier: string | null;
}

/** Ephemeral secrets. As at OpenAI, one opens any number of calls until it expires. */
export class Secrets {
  readonly #secrets = new Map<string, Secret>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(value: string): boolean {
    return this.#secrets.has(value);
  }

  mint(session: Session, ttlSeconds: number, safetyIdentifier: string | null, prefix = 'ek_'): Secret {
    this.#forgetExpired();
    const expiresAtSeconds = Math.floor(this.#clock.now() / 1000) + ttlSeconds;
    const secret = { value: `${prefix}${base62(32)}`, expiresAtSeconds, session, safetyIdentifier };
    this.#secrets.set(secret.value, secret);
    return secret;
  }

  /** @throws ApiError 401 when it is unknown or has expired */
  get(value: string): Secret {
    const secret = this.#secrets.get(value);
    if (!secret) throw new ApiError(401, 'invalid_api_key', 'Incorrect client secret provided.');
    if (secret.expiresAtSeconds * 1000 > this.#clock.now()) return secret;
    throw new ApiError(401, 'expired_client_secret', 'The client secret has expired. Mint a new one.');
  }

  /** Expires every secret. */
  expireAll(): void {
    for (const secret of this.#secrets.values()) secret.expiresAtSeconds = 0;
  }

  /**
   * Keeps expired secrets for a while, to refuse them with the right reason; drops the oldest beyond a limit.
   */
  #forgetExpired(): void {
    for (const value of this.#secrets.keys()) {
      if (this.#secrets.size < MAX_SECRETS) return;
      this.#secrets.delete(value);
    }
  }
}
