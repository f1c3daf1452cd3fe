import type { ProviderCause } from '../../../lib/shared/provider-cause.ts';
import { orderFaults, type SandboxFault } from '../../attack/server/sandbox-faults.ts';
import type { Walk } from './walk.ts';

/** What the provider says to an offer, once. */
const FAULTS = {
  key_refused: { status: 401, code: 'invalid_api_key' },
  key_restricted: { status: 403, code: 'insufficient_permissions' },
  no_credit: { status: 429, code: 'insufficient_quota' },
  model_refused: { status: 403, code: 'model_not_found' },
  voice_refused: { status: 400, param: 'session.audio.output.voice' },
  setting_refused: { status: 400, param: 'session.truncation' },
  country_refused: { status: 403, code: 'unsupported_country_region_territory' },
  address_unknown: { status: 404 },
  call_id_missing: { noLocation: true },
  offer_refused: { status: 400, code: 'invalid_offer' },
  rate_limit: { status: 429, code: 'rate_limit_exceeded' },
  overloaded: { status: 503 },
  outage: { status: 500 },
  unreadable: { garbage: true },
  no_answer: { timeout: true },
} as const satisfies Partial<Record<ProviderCause, SandboxFault>>;

/** Causes that only a page meets that sends its offer to the provider itself. */
type Direct = 'secret_refused';

/** Makes the next attempt through the site's server meet a cause. Returns what takes that back. */
type Way = (walk: Walk) => Promise<() => unknown>;

const faulty =
  (fault: SandboxFault): Way =>
  async () => {
    await orderFaults({ calls: { ...fault, times: 1 } });
    return () => undefined;
  };

/** How the provider, or the way to it, is made to fail. */
export const WAYS_TO_CAUSES: Record<Exclude<ProviderCause, Direct>, Way> = {
  ...(Object.fromEntries(Object.entries(FAULTS).map(([cause, fault]) => [cause, faulty(fault)])) as Record<
    keyof typeof FAULTS,
    Way
  >),
  async unreachable({ server }) {
    server.toProvider.fault = { kind: 'refused' };
    return () => {
      server.toProvider.fault = { kind: 'none' };
    };
  },
};
