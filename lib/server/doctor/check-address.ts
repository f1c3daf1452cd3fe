import 'server-only';
import { canHaveAdministrators } from '@/lib/server/auth/owner';
import { signInOptions } from '@/lib/server/auth/providers/list';
import { findCompanyTrouble } from '@/lib/server/doctor/check-services-of-others';
import { diagnose, healthy } from '@/lib/server/doctor/diagnoses';
import { isAllowedHost } from '@/lib/server/http/same-origin';
import { getEnv } from '@/lib/server/platform/env';
import { isLoopback } from '@/lib/server/platform/setup/loopback';
import type { Finding } from '@/lib/shared/owner/doctor';

/** A visit to the site, as both ends see it. */
export interface Visit {
  /** What stands in the address bar, such as `https://voice.example.com`. */
  visitedOrigin: string;
  /** The address that the site believes is its own. */
  ownOrigin: string;
}

/** Nobody answers at the address, or it is not Parley who does. */
export interface Unreachable {
  why: readonly string[];
}

const isSecure = (origin: string) => origin.startsWith('https:') || isLoopback(new URL(origin).hostname);

/** Returns whether the site knows where it is. `null`: nobody visits it. */
export function checkAddress(visit: Visit | Unreachable | null): Finding[] {
  const findings: Finding[] = [];
  if (getEnv().missing.includes('NEXTAUTH_URL')) findings.push(diagnose('address', 'address_missing'));
  if (visit === null) {
    return findings.length > 0 ? findings : [diagnose('address', 'address_unvisited')];
  }
  if ('why' in visit) return [...findings, diagnose('address', 'address_unreachable', visit.why)];
  const { visitedOrigin, ownOrigin } = visit;
  if (visitedOrigin !== ownOrigin && !isAllowedHost(visitedOrigin)) {
    const details = [`visited at ${visitedOrigin}`, `expects ${ownOrigin}`];
    findings.push(diagnose('address', 'address_wrong', details));
  }
  if (!isSecure(visitedOrigin)) findings.push(diagnose('address', 'address_insecure', [visitedOrigin]));
  return findings.length > 0
    ? findings
    : [healthy('address', 'The site knows its address.', [visitedOrigin])];
}

/** Returns whether somebody can be an administrator. Whoever only tries the site out is its owner. */
function checkAdministrators(): Finding[] {
  return getEnv().deployed && !canHaveAdministrators() ? [diagnose('sign_in', 'admin_missing')] : [];
}

/** Returns whether somebody can sign in, and the addresses that the providers have to know. */
export async function checkSignIn(ownOrigin: string | null): Promise<Finding[]> {
  const { auth, missing } = getEnv();
  if (auth.secret === null) return [diagnose('sign_in', 'secret_missing')];
  const options = signInOptions();
  const isMissing = missing.some((name) => /^AUTH_(?!SECRET)/.test(name));
  if (options.length === 0 || isMissing) return [diagnose('sign_in', 'sign_in_missing')];
  const callbacks = options
    .filter(({ id }) => id !== 'guest')
    .map(({ id }) => `callback address of ${id}: ${ownOrigin ?? '<site>'}/api/auth/callback/${id}`);
  const trouble = await findCompanyTrouble();
  const result = trouble.length > 0 ? trouble : [healthy('sign_in', 'People can sign in.', callbacks)];
  return [...result, ...checkAdministrators()];
}
