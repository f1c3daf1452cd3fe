import type { CallRegistry } from '../http/call-registry.ts';
import { type Answer, jsonAnswer } from '../http/respond.ts';
import type { Secrets } from '../http/secrets.ts';
import type { RealtimeCall } from '../protocol/call.ts';
import type { Clock } from '../protocol/clock.ts';
import { ApiError } from '../protocol/events/api-error.ts';
import { fromZodIssue } from '../protocol/events/zod-refusal.ts';
import { hideCredentials } from '../protocol/mcp/credentials.ts';
import { type CallFault, FaultRequest } from './fault-plan.ts';
import type { Faults } from './faults.ts';

/** `GET /__sandbox/calls`: what every call sent and received, for tests. */
export function listCalls(calls: CallRegistry): Answer {
  const live = new Map(calls.live.map((call) => [call.id, call]));
  const shown = calls.logs.map((log) => ({
    ...log,
    session: { ...log.session, tools: hideCredentials(log.session.tools) },
    audioSecondsReceived: live.has(log.id)
      ? (live.get(log.id)?.turns.heardMs ?? 0) / 1000
      : log.audioSecondsReceived,
  }));
  return jsonAnswer(200, { calls: shown });
}

export const showFaults = (faults: Faults): Answer => jsonAnswer(200, faults.plan);

export function clearFaults(faults: Faults): Answer {
  faults.clear();
  return jsonAnswer(200, {});
}

interface Struck {
  faults: Faults;
  calls: CallRegistry;
  secrets: Secrets;
  clock: Clock;
  isIsolated: boolean;
}

/** `POST /__sandbox/faults`. @throws ApiError 400 for an unknown fault, 404 for an unknown call */
export function orderFaults({ faults, calls, secrets, clock, isIsolated }: Struck, raw: unknown): Answer {
  const parsed = FaultRequest.safeParse(raw);
  if (!parsed.success) throw fromZodIssue(parsed.error.issues, raw, '');
  const { now, clock: moved, ...plan } = parsed.data;
  if (isIsolated && plan.strictCors) {
    const message = 'A preflight has no key, so strict CORS can be ordered for the whole sandbox only.';
    throw new ApiError(400, 'invalid_value', message, 'strictCors');
  }
  if (moved) clock.advance(moved.advanceMs);
  if (now?.action === 'expire_secrets') secrets.expireAll();
  else if (now) strike(calls, now);
  faults.set(plan);
  return showFaults(faults);
}

function strike(calls: CallRegistry, { action, callId }: CallFault): void {
  const struck = callId === undefined ? calls.live : [calls.get(callId)];
  for (const call of struck) ACTIONS[action](call);
}

const ACTIONS: Record<CallFault['action'], (call: RealtimeCall) => void> = {
  drop_channel: (call) => call.dropChannel(),
  freeze_audio: (call) => call.freezeAudio(),
  kill_peer: (call) => call.end('fault'),
  expire_session: (call) => call.expire(),
};
