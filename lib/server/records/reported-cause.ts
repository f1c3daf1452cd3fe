// Tested in app/api/routes.test.
import 'server-only';
import { describeCause } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import type { CallId } from '@/lib/shared/ids';
import { isPermanent, type ProviderCause } from '@/lib/shared/provider-cause';

/**
 * Logs why the provider refused the browser: in direct mode and inside a call, this server does not see it. It is the
 * browser's word, so nothing else depends on it.
 */
export function logReportedCause(callId: CallId, cause: ProviderCause): void {
  const level = isPermanent(cause) ? 'error' : 'warn';
  log()[level](
    { callId, provider: describeCause(cause) },
    'the browser reports a refusal of the voice service',
  );
}
