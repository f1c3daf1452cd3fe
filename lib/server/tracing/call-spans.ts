// Tested in tracing.test.
import 'server-only';
import { createHash } from 'node:crypto';
import { getEnv } from '@/lib/server/platform/env';
import { ATTRIBUTES as A } from '@/lib/server/tracing/names';
import { addSpan, isTraced, traced } from '@/lib/server/tracing/spans';
import type { EndReason, TurnReport } from '@/lib/shared/contract';
import type { CallId, ToolCallId } from '@/lib/shared/ids';

const PROVIDER = { [A.provider]: 'openai' };
const modelName = () => getEnv().realtime.model;
const model = () => ({ [A.model]: modelName() });

/** Adds that a call was let in, from its beginning on. A refused one has no trace: the audit trail has it. */
export function traceAdmission(callId: CallId, beganMs: number, seconds: number): void {
  if (!isTraced()) return;
  const attributes = { [A.reservedSeconds]: seconds };
  addSpan({ callId, name: 'admit', beganMs, endedMs: Date.now(), attributes });
}

/** Traces a request to the provider for a call. */
export const traceRequest = <T>(callId: CallId, name: 'mint' | 'relay', work: () => Promise<T>): Promise<T> =>
  traced({ callId, name, isToProvider: true, attributes: { ...PROVIDER, ...model() } }, work);

/** Adds the moment in which a connection of the call was known. */
export function traceConnected(callId: CallId): void {
  if (!isTraced()) return;
  const nowMs = Date.now();
  addSpan({ callId, name: 'connected', beganMs: nowMs, endedMs: nowMs, attributes: {} });
}

interface ToolSpan {
  callId: CallId;
  toolCallId: ToolCallId;
  tool: string;
}

/** Traces the run of a tool: its name and how long it took, never what it was asked or said. */
export async function traceTool<T extends { ok: boolean }>(
  { callId, toolCallId, tool }: ToolSpan,
  work: () => Promise<T>,
): Promise<T> {
  if (!isTraced()) return work();
  const beganMs = Date.now();
  const reply = await work();
  addSpan({
    callId,
    name: `execute_tool ${tool}`,
    beganMs,
    endedMs: Date.now(),
    attributes: { [A.operation]: 'execute_tool', [A.toolName]: tool, [A.toolCallId]: toolCallId },
    ...(reply.ok ? {} : { error: 'tool_failed' }),
  });
  return reply;
}

/** Traces an attempt to hang up, with what came of it. */
export async function traceHangUp<T extends string>(callId: CallId, work: () => Promise<T>): Promise<T> {
  if (!isTraced()) return work();
  const beganMs = Date.now();
  const outcome = await work();
  const attributes = { ...PROVIDER, [A.outcome]: outcome };
  const failure = outcome === 'failed' ? { error: 'hang_up_failed' } : {};
  const hungUp = { callId, name: 'hang_up', isToProvider: true } as const;
  addSpan({ ...hungUp, beganMs, endedMs: Date.now(), attributes, ...failure });
  return outcome;
}

export const traceSettlement = <T>(callId: CallId, work: () => Promise<T>): Promise<T> =>
  traced({ callId, name: 'settle' }, work);

interface CallSpan {
  callId: CallId;
  beganMs: number;
  agent: string;
  connect: string;
  /** The keyed hash under which the audit trail names the user. */
  user: string;
  reason: EndReason;
  seconds: number;
  estimatedUsd: number;
}

/** Adds the span under which all others of the call stand. Only the settlement that is the first does so. */
export function traceCall(call: CallSpan): void {
  if (!isTraced()) return;
  const { callId, beganMs, agent, connect, user, reason, seconds, estimatedUsd } = call;
  addSpan({
    callId,
    name: `invoke_agent ${agent}`,
    isRoot: true,
    beganMs,
    endedMs: Date.now(),
    attributes: {
      ...PROVIDER,
      ...model(),
      [A.operation]: 'invoke_agent',
      [A.conversation]: callId,
      [A.agent]: agent,
      [A.output]: 'speech',
      [A.session]: callId,
      [A.user]: user,
      [A.langfuseName]: 'call',
      [A.connect]: connect,
      [A.reason]: reason,
      [A.seconds]: seconds,
      [A.estimatedUsd]: estimatedUsd,
    },
  });
}

/** The same for a call whose secret was refused: nobody ever talked. */
export const traceFailedCall = (
  { callId, agent, connect }: Pick<CallSpan, 'callId' | 'agent' | 'connect'>,
  beganMs: number,
  user: string,
): void =>
  traceCall({
    callId,
    agent,
    connect,
    beganMs,
    user,
    reason: 'setup_failed',
    seconds: 0,
    estimatedUsd: 0,
  });

/** The server may end a call before its page says so. A page that says so much later may say it as often as it likes. */
const LATE_TURNS_MS = 60_000;

type TurnsOf = { callId: CallId; startedAtMs: number } & (
  | { state: 'open' | 'connected' }
  | { state: 'ended'; endedAtMs: number }
);

const turnSpanId = (callId: CallId, index: number) =>
  createHash('sha256').update(`${callId} turn ${index}`).digest('hex').slice(0, 16);

/**
 * Adds what the page measured of the agent's turns: each from the moment in which a response was due to its first sound. It
 * is the page's word, and kept within the call. Sent twice, it gives the same spans.
 */
export function traceTurns(call: TurnsOf, turns: readonly TurnReport[]): void {
  if (!isTraced()) return;
  const { callId, startedAtMs } = call;
  const nowMs = Date.now();
  if (call.state === 'ended' && nowMs - call.endedAtMs >= LATE_TURNS_MS) return;
  const within = (offsetMs: number) => Math.min(nowMs, startedAtMs + offsetMs);
  for (const [index, { atMs, waitMs, tokens }] of turns.entries()) {
    addSpan({
      callId,
      name: `chat ${modelName()}`,
      isToProvider: true,
      spanId: turnSpanId(callId, index),
      beganMs: within(atMs),
      endedMs: within(atMs + (waitMs ?? 0)),
      attributes: {
        ...PROVIDER,
        ...model(),
        [A.operation]: 'chat',
        [A.conversation]: callId,
        [A.reportedBy]: 'browser',
        ...(waitMs === null ? {} : { [A.waitSeconds]: waitMs / 1000 }),
        [A.inputTokens]: tokens.inputText + tokens.inputAudio,
        [A.outputTokens]: tokens.outputText + tokens.outputAudio,
        [A.cachedTokens]: tokens.inputCached,
        [A.audioInputTokens]: tokens.inputAudio,
        [A.audioOutputTokens]: tokens.outputAudio,
        [A.textInputTokens]: tokens.inputText,
        [A.textOutputTokens]: tokens.outputText,
      },
    });
  }
}
