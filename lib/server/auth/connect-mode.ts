import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { isLoopback } from '@/lib/server/platform/setup/loopback';

/**
 * Who opens the connection of a call. `direct`: the browser, with the provider's secret. `relay`: this server,
 * for a ticket of its own. `own_key`: as direct, with a secret that the caller's own API key pays for.
 */
export const CONNECT_MODES = ['direct', 'relay', 'own_key'] as const;
export type ConnectMode = (typeof CONNECT_MODES)[number];

const REQUEST_KEY_HEADER = 'x-openai-api-key';
const REQUEST_KEY = /^sk-[A-Za-z0-9_-]{8,400}$/;

/** Who opens the connection of a new call, and with whose key. */
export type Connecting = { mode: 'direct' | 'relay'; ownKey: null } | { mode: 'own_key'; ownKey: string };

/** Returns the caller's own key of the provider, if the request has one. It is used for this one request only. */
export const readRequestKey = (headers: Headers): string | null => headers.get(REQUEST_KEY_HEADER);

/** A provider on this very machine, such as the sandbox, is not there for a visit from another one. */
export const isOutOfReach = (origin: string): boolean =>
  isLoopback(new URL(getEnv().openai.baseUrl).hostname) && !isLoopback(new URL(origin).hostname);

/**
 * Returns the provider's origin if the browsers of this role connect to it themselves, so that they can open a way to it while
 * they wait for their ticket. `null` where the server connects them, or the provider is on this very machine.
 */
export function directOrigin(role: User['role']): string | null {
  const { voice, openai } = getEnv();
  const { origin, hostname } = new URL(openai.baseUrl);
  return voice.connect[role] === 'relay' || isLoopback(hostname) ? null : origin;
}

/**
 * Returns how the user connects, which follows from whether the owner knows them: see `platform/setup/trust`. The site's own
 * key always wins over the caller's. A caller whose direct attempt failed may ask for the relay, never the other way
 * round. Throws `not_configured` without a usable key, or `bad_request`.
 */
export function requireConnecting(user: User, requestKey: string | null, wantsRelay = false): Connecting {
  const { voice, openai } = getEnv();
  const mode = voice.connect[user.role];
  if (openai.apiKey) return { mode: wantsRelay ? 'relay' : mode, ownKey: null };
  const isRelayedGuest = user.role === 'guest' && mode === 'relay';
  if (isRelayedGuest || !voice.allowRequestKey) throw new AppError('not_configured');
  if (requestKey === null) {
    throw new AppError('not_configured', {
      message: `This site has no key for the voice service. Send your own in the header ${REQUEST_KEY_HEADER}.`,
    });
  }
  if (REQUEST_KEY.test(requestKey)) return { mode: 'own_key', ownKey: requestKey };
  throw new AppError('bad_request', {
    message: `The header ${REQUEST_KEY_HEADER} does not hold an API key.`,
  });
}
