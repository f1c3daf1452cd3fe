import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../http/respond.ts';
import { ApiError } from '../protocol/events/api-error.ts';
import type { EndpointFault } from './fault-plan.ts';

const CODE_OF_STATUS: Record<number, string> = {
  401: 'invalid_api_key',
  403: 'unsupported_country_region_territory',
  429: 'rate_limit_exceeded',
};

/**
 * Applies an ordered fault instead of, or before, the real response. Never settles for `timeout`: the client
 * gives up or the server closes.
 */
export async function underFault(
  fault: EndpointFault | null,
  okStatus: number,
  answer: () => Promise<Answer> | Answer,
): Promise<Answer> {
  if (fault?.latencyMs) await delay(fault.latencyMs, undefined, { ref: false });
  if (fault?.timeout) return new Promise<never>(() => {});
  if (fault?.garbage) return { status: okStatus, headers: { 'content-type': 'text/html' }, body: '<oops>' };
  if (fault?.status) {
    const code = fault.code ?? CODE_OF_STATUS[fault.status] ?? null;
    throw new ApiError(
      fault.status,
      code,
      `This failure was ordered from the sandbox (status ${fault.status}).`,
      fault.param,
    );
  }
  return answer();
}
