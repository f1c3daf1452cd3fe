import type { FaultPlan } from '../control/fault-plan.ts';
import { Faults } from '../control/faults.ts';
import { Clock } from '../protocol/clock.ts';
import { ApiError } from '../protocol/events/api-error.ts';
import { base62 } from '../protocol/events/ids.ts';
import { bearerOf, type KeyRing } from './bearer.ts';
import { CallRegistry } from './call-registry.ts';
import { Secrets } from './secrets.ts';
import type { CallDeps } from './start-call.ts';

const MOST_SCOPES = 200;

/** What a request meets: all scopes share the keys, the media and the mind. */
export interface ServerDeps extends CallDeps {
  keys: KeyRing;
  secrets: Secrets;
}

type Own = 'secrets' | 'calls' | 'faults' | 'clock';

interface ScopeSettings {
  maxCalls: number;
  /** In force from the start, in every scope. */
  faults: FaultPlan;
  profile: FaultPlan;
}

/**
 * Sandboxes within the sandbox: each has an API key of its own, and calls, secrets, faults and a clock that no other
 * sees. The first one belongs to the sandbox's own key.
 */
export class Scopes {
  readonly main: ServerDeps;
  readonly #settings: ScopeSettings;
  readonly #isolated = new Map<string, ServerDeps>();

  constructor(shared: Omit<ServerDeps, Own>, settings: ScopeSettings) {
    this.#settings = settings;
    this.main = { ...shared, ...this.#newScope() };
  }

  /** The scope of a key, or of a secret that was minted with it; the main one for whatever is unknown. */
  of(authorization: string | undefined): ServerDeps {
    const value = bearerOf(authorization);
    if (value === null) return this.main;
    const minted = [...this.#isolated.values()].find(({ secrets }) => secrets.has(value));
    return this.#isolated.get(value) ?? minted ?? this.main;
  }

  /** Opens a scope. Returns its key. @throws ApiError 429 when there are too many */
  open(): string {
    if (this.#isolated.size >= MOST_SCOPES) {
      const message = `The sandbox holds at most ${MOST_SCOPES} scopes at once. End those that are no longer used.`;
      throw new ApiError(429, 'rate_limit_exceeded', message);
    }
    const apiKey = `sk-scope-${base62(32)}`;
    this.main.keys.admit(apiKey);
    this.#isolated.set(apiKey, { ...this.main, ...this.#newScope() });
    return apiKey;
  }

  /** Ends a scope with all of its calls. @throws ApiError 400 for the main one */
  end(authorization: string | undefined): void {
    const apiKey = bearerOf(authorization) ?? '';
    const scope = this.#isolated.get(apiKey);
    if (!scope) throw new ApiError(400, 'invalid_value', 'This key has no scope that could end.');
    this.main.keys.dismiss(apiKey);
    this.#isolated.delete(apiKey);
    scope.calls.endAll('shutdown');
  }

  endAllCalls(): void {
    for (const { calls } of [this.main, ...this.#isolated.values()]) calls.endAll('shutdown');
  }

  #newScope(): Pick<ServerDeps, Own> {
    const { maxCalls, faults, profile } = this.#settings;
    const clock = new Clock();
    return {
      clock,
      secrets: new Secrets(clock),
      calls: new CallRegistry(maxCalls),
      faults: new Faults(faults, profile),
    };
  }
}
