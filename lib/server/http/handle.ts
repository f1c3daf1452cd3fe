import 'server-only';
import type { z } from 'zod';
import { requireKnownHost } from '@/lib/server/http/development/known-host';
import { createRequestLimit, type RouteLimit } from '@/lib/server/http/limits/request';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { readRequestId, withRequestId } from '@/lib/server/platform/request-id';
import { ErrorResponse } from '@/lib/shared/contract';
import { isPermanent } from '@/lib/shared/provider-cause';

type RouteHandler<Context> = (request: Request, context: Context) => Promise<Response>;

/**
 * Returns `body` as the response of a route, in the form of the contract: a field that `schema` does not name stays
 * here. Throws a `ZodError` if the body does not fit.
 */
export const respond = <Schema extends z.ZodType>(
  schema: Schema,
  body: z.input<Schema>,
  init?: ResponseInit,
): Response => Response.json(schema.parse(body), init);

/** Returns a refusal as it is. Any other error becomes a generic 500 that says nothing of its cause. */
function toAppError(error: unknown): AppError {
  if (!(error instanceof AppError)) {
    log().error({ error: describeError(error) }, 'unexpected error');
    return new AppError('internal');
  }
  const needsOwner = error.providerCause !== undefined && isPermanent(error.providerCause);
  if (error.status >= 500) log()[needsOwner ? 'error' : 'warn']({ error: describeError(error) }, 'refused');
  return error;
}

function refuse(error: AppError, requestId: string): Response {
  const { code, message, status, retryAfterSeconds } = error;
  const cause = error.isExplained ? error.providerCause : undefined;
  const fields = { code, message, requestId, ...(cause ? { cause } : {}) };
  if (retryAfterSeconds === undefined) return respond(ErrorResponse, { error: fields }, { status });
  const wait = Math.max(1, Math.ceil(retryAfterSeconds));
  const body = { error: { ...fields, retryAfterSeconds: wait } };
  return respond(ErrorResponse, body, { status, headers: { 'retry-after': String(wait) } });
}

/**
 * Wraps a route handler and owns the only catch: guards throw {@link AppError}, and every response, good or bad,
 * carries a request id and is never cached. A caller who sends more than the limit is refused before anything else.
 */
export function handle<Context>(limit: RouteLimit, handler: RouteHandler<Context>): RouteHandler<Context> {
  const secondsToWait = createRequestLimit(limit);
  const respondWithin: RouteHandler<Context> = async (request, context) => {
    requireKnownHost(request.headers);
    const retryAfterSeconds = secondsToWait(request.headers);
    if (retryAfterSeconds > 0) throw new AppError('rate_limited', { retryAfterSeconds });
    return handler(request, context);
  };
  return (request, context) => {
    const requestId = readRequestId(request.headers);
    return withRequestId(requestId, async () => {
      const response = await respondWithin(request, context).catch((error: unknown) =>
        refuse(toAppError(error), requestId),
      );
      response.headers.set('x-request-id', requestId);
      response.headers.set('cache-control', 'no-store');
      return response;
    });
  };
}
