import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

const REQUEST_KEY_HEADER = 'x-openai-api-key';
const REQUEST_KEY = /^sk-[A-Za-z0-9_-]{8,400}$/;

/** Who opens the connection of a new call, and with whose key. See `ConnectMode`. */
export type Connecting = { mode: 'direct' | 'relay'; ownKey: null } | { mode: 'own_key'; ownKey: string };

/** The caller's own key of the provider, if the request brings one. Used for this one request, never kept. */
export const requestKeyOf = (headers: Headers): string | null => headers.get(REQUEST_KEY_HEADER);

/**
 * Decides how this person connects: as `VOICE_CONNECT` says, guests of a deployed site by relay. The site's own key
 * always wins over the caller's. Throws `not_configured` without a key that may be used, or `bad_request`.
 */
export function requireConnecting(user: User, requestKey: string | null): Connecting {
  const { voice, openai } = getEnv();
  const relayed = voice.connect === 'relay' || (user.role === 'guest' && !voice.directGuests);
  if (openai.apiKey) return { mode: relayed ? 'relay' : 'direct', ownKey: null };
  if (relayed || !voice.allowRequestKey) throw new AppError('not_configured');
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
