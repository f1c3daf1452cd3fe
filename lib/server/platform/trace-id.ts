// Tested in tracing/tracing.test.
import 'server-only';
import { createHash } from 'node:crypto';

interface TraceIds {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16: of the span under which all others of the trace stand. */
  rootSpanId: string;
}

/**
 * Returns the ids of a call's trace. They follow from the id of the call, so that every process that has a part in it joins
 * the same trace, and a log line that names the call can name its trace too.
 */
export function traceIdsOf(callId: string): TraceIds {
  const hash = createHash('sha256').update(callId).digest('hex');
  return { traceId: hash.slice(0, 32), rootSpanId: hash.slice(32, 48) };
}
