import 'server-only';
import { type Logger, pino } from 'pino';
import { getEnv } from '@/lib/server/platform/env';
import { currentRequestId } from '@/lib/server/platform/request-id';

/** Keys that must never be logged. Nobody logs them on purpose: this is the net below. */
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

let logger: Logger | undefined;

/** One JSON line per entry, with the id of the request that caused it. */
export function log(): Logger {
  logger ??= pino({
    level: getEnv().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId ? { requestId } : {};
    },
    redact: { paths: NEVER.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  });
  return logger;
}
