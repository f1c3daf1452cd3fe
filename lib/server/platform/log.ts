import 'server-only';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { currentRequestId } from '@/lib/server/platform/request-id';
import { traceIdsOf } from '@/lib/server/platform/trace-id';

/** Keys that must never be logged. No code logs them on purpose: this is the safety net. */
const NEVER = [
  'secret',
  'token',
  'apiKey',
  'authorization',
  'cookie',
  'sdp',
  'arguments',
  'transcript',
  'email',
];

const AboutCall = z.union([
  z.object({ callId: z.string() }),
  z.object({ audit: z.object({ callId: z.string() }) }).transform(({ audit }) => audit),
]);

/** Where traces are on, a line that names a call names its trace too. */
function traceOf(line: unknown): { traceId?: string } {
  if (getEnv().tracing === null) return {};
  const { data } = AboutCall.safeParse(line);
  return data ? { traceId: traceIdsOf(data.callId).traceId } : {};
}

const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    mixin: (line) => {
      const requestId = currentRequestId();
      return { ...(requestId ? { requestId } : {}), ...traceOf(line) };
    },
    redact: { paths: NEVER.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  });

let logger: Logger | undefined;
let auditLogger: Logger | undefined;

/** Returns the logger: one JSON line per entry, with the id of the request that caused it. */
export function log(): Logger {
  logger ??= createLogger(getEnv().logLevel);
  return logger;
}

/** Returns the logger of the audit trail. On a deployed site no `LOG_LEVEL` silences it. */
export function auditLog(): Logger {
  const { deployed, logLevel } = getEnv();
  auditLogger ??= createLogger(!deployed && logLevel === 'silent' ? 'silent' : 'info');
  return auditLogger;
}

/** Logs the error of a page, with the digest that the error page shows to the user. */
export function logPageError(error: unknown, method: string, route: string): void {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  log().error({ digest, method, route, error: describeError(error) }, 'page failed');
}
