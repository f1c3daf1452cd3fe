import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';
import { requestIdOf, withRequestId } from '@/lib/server/platform/request-id';
import type { ErrorBody } from '@/lib/shared/errors';

type RouteHandler<Context> = (request: Request, context: Context) => Promise<Response>;

/** A refusal as it is; anything else becomes a generic 500 that says nothing of its cause. */
function refusalOf(error: unknown): AppError {
  if (!(error instanceof AppError)) {
    log().error({ error: describeError(error) }, 'unexpected error');
    return new AppError('internal');
  }
  if (error.status >= 500) log().warn({ error: describeError(error) }, 'refused');
  return error;
}

function refuse(error: AppError, requestId: string): Response {
  const { code, message, retryAfterSeconds } = error;
  const wait = retryAfterSeconds === undefined ? undefined : Math.max(1, Math.ceil(retryAfterSeconds));
  const body: ErrorBody = {
    error: { code, message, requestId, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) },
  };
  const headers = wait === undefined ? undefined : { 'retry-after': String(wait) };
  return Response.json(body, { status: error.status, headers });
}

/**
 * Wraps a route handler and owns the only catch: guards throw {@link AppError}, and every answer,
 * good or bad, carries a request id and is never cached.
 */
export function handle<Context>(handler: RouteHandler<Context>): RouteHandler<Context> {
  return (request, context) => {
    const requestId = requestIdOf(request.headers);
    return withRequestId(requestId, async () => {
      const response = await handler(request, context).catch((error: unknown) =>
        refuse(refusalOf(error), requestId),
      );
      response.headers.set('x-request-id', requestId);
      response.headers.set('cache-control', 'no-store');
      return response;
    });
  };
}
