import type { SandboxFault } from './sandbox-faults.ts';

/** Faults of the provider, and the status and code that our server turns each into. */
export const PROVIDER_FAULTS: [name: string, fault: SandboxFault, status: number, code: string][] = [
  ['401', { status: 401 }, 502, 'provider_refused'],
  ['403', { status: 403 }, 502, 'provider_refused'],
  ['404', { status: 404 }, 502, 'provider_refused'],
  ['429', { status: 429 }, 503, 'provider_busy'],
  ['500', { status: 500 }, 502, 'provider_failed'],
  ['timeout', { timeout: true }, 504, 'provider_timeout'],
  ['nonsense', { garbage: true }, 502, 'provider_failed'],
];
