// Tested in tracing.test and off.test.
import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';
import { afterResponse } from '@/lib/server/platform/background';
import { describeError } from '@/lib/server/platform/describe-error';
import { getEnv } from '@/lib/server/platform/env';
import { createSeldomLog } from '@/lib/server/platform/log-seldom';
import type { Attributes, FinishedSpan, SpanExport } from '@/lib/server/tracing/finished-span';

let exporting: Promise<SpanExport> | undefined;

/** Returns whether traces are on. Costs nothing. */
export const isTraced = (): boolean => getEnv().tracing !== null;

/** Loads OpenTelemetry, once. Nothing of it is loaded where no address of a receiver is set. */
function load(serviceName: string): Promise<SpanExport> {
  exporting ??= import('@/lib/server/tracing/exporter').then(({ createExport }) => createExport(serviceName));
  return exporting;
}

const logLoss = createSeldomLog('traces are lost: their receiver does not take them');

let waiting: FinishedSpan[] = [];

async function sendWaiting(serviceName: string): Promise<void> {
  const spans = waiting;
  waiting = [];
  const target = await load(serviceName);
  for (const span of spans) target.add(span);
  await target.flush().catch((error: unknown) => logLoss({ error: describeError(error) }));
}

/**
 * Adds a span to its call's trace. It is sent after the response: where no process outlives a request, and where one is
 * stopped, no timer would send it. Never throws.
 */
export function addSpan(span: FinishedSpan): void {
  const { tracing } = getEnv();
  if (tracing === null) return;
  waiting.push(span);
  if (waiting.length === 1) afterResponse('traces', () => sendWaiting(tracing.serviceName));
}

/** Returns the closed code of a failure: why the provider refused if it is known, else our own. */
function codeOf(error: unknown): string {
  return error instanceof AppError ? (error.providerCause ?? error.code) : 'internal';
}

type Part = Pick<FinishedSpan, 'callId' | 'name' | 'isToProvider'> & { attributes?: Attributes };

/** Returns the result of `work`, and adds a span for the time that it took, with the code of its failure. */
export async function traced<T>({ attributes = {}, ...part }: Part, work: () => Promise<T>): Promise<T> {
  if (!isTraced()) return work();
  const beganMs = Date.now();
  const add = (error?: string) =>
    addSpan({ ...part, beganMs, endedMs: Date.now(), attributes, ...(error ? { error } : {}) });
  try {
    const result = await work();
    add();
    return result;
  } catch (error) {
    add(codeOf(error));
    throw error;
  }
}
