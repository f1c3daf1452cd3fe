import 'server-only';
import { checkAddress, checkSignIn, type Unreachable, type Visit } from '@/lib/server/doctor/check-address';
import { checkClientIp } from '@/lib/server/doctor/check-client-ip';
import { checkDatabase, checkProvider } from '@/lib/server/doctor/check-services';
import { checkWebhooks } from '@/lib/server/doctor/check-services-of-others';
import { checkBudget, checkCallEnds, checkSettings } from '@/lib/server/doctor/check-settings';
import { siteOrigin } from '@/lib/server/http/site-origin';
import type { Finding } from '@/lib/shared/owner/doctor';

export interface ExamineFacts {
  visit: Visit | Unreachable | null;
  /** Headers of the visit, as the server got them. */
  headers: Headers | null;
}

/** Runs all checks and returns what they found, in the order of setting a site up. Costs nothing at the provider. */
export async function examine({ visit, headers }: ExamineFacts): Promise<Finding[]> {
  const ownOrigin = visit === null || 'why' in visit ? null : visit.ownOrigin;
  const found = await Promise.all([
    checkSettings(),
    checkProvider(),
    checkDatabase(),
    checkAddress(visit),
    checkSignIn(ownOrigin),
    checkCallEnds(),
    checkClientIp(headers),
    checkBudget(),
    checkWebhooks(),
  ]);
  return found.flat();
}

/** The same for a visit whose browser says where it is. */
export function examineVisit(request: Request): Promise<Finding[]> {
  const given = new URL(request.url).searchParams.get('origin') ?? '';
  const { headers } = request;
  const visit = URL.canParse(given)
    ? { visitedOrigin: new URL(given).origin, ownOrigin: siteOrigin(headers) }
    : null;
  return examine({ visit, headers });
}
