import type { Instrumentation } from 'next';

/** Next calls this once, before the server takes requests. The guard keeps Node's modules out of other runtimes. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startServer } = await import('@/lib/server/start-server');
  startServer();
}

/** Logs the errors of pages, with the reference that the error page shows. Routes log their own. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { logPageError } = await import('@/lib/server/platform/log');
  logPageError(error, request.method, context.routePath);
};
