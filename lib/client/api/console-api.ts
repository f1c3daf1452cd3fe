import '@/lib/client/page/zod-without-eval';
import type { z } from 'zod';
import { parseErrorBody } from '@/lib/shared/errors';
import type { CallId } from '@/lib/shared/ids';
import { Blocked, EndedCalls, type NewBlock } from '@/lib/shared/owner/blocks';
import { ConsoleState } from '@/lib/shared/owner/console';
import { type HangUpAgain, HungUpAgain } from '@/lib/shared/owner/trouble';

/** An act may hang up many calls, one after another. */
const LIMIT_MS = 30_000;

type Method = 'GET' | 'POST' | 'DELETE';

async function ask(path: string, method: Method): Promise<Response | null> {
  const response = await fetch(path, { method, signal: AbortSignal.timeout(LIMIT_MS) }).catch(() => null);
  return response?.ok ? response : null;
}

const FAILED = 'That didn’t work. Try again in a moment.';

/** Sends an act with its body. Returns its response, or what went wrong, in words for the owner. */
async function send<Schema extends z.ZodType>(
  path: string,
  method: Method,
  body: object,
  schema: Schema,
): Promise<{ data: z.output<Schema> } | { problem: string }> {
  const headers = { 'content-type': 'application/json' };
  const init = { method, headers, body: JSON.stringify(body), signal: AbortSignal.timeout(LIMIT_MS) };
  const response = await fetch(path, init).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  if (!response?.ok) return { problem: parseErrorBody(answer)?.message ?? FAILED };
  const data = schema.safeParse(answer);
  return data.success ? { data: data.data } : { problem: FAILED };
}

async function readState(asked: Promise<Response | null>): Promise<ConsoleState | null> {
  try {
    return ConsoleState.parse(await (await asked)?.json());
  } catch {
    return null;
  }
}

/** Returns what goes on now. `null`: no answer, or no right to it. */
export const fetchConsole = () => readState(ask('/api/admin/live', 'GET'));

/** Pauses new calls or lets them begin again, and returns what goes on then. `null`: it is not known to have worked. */
export const setPaused = (isPaused: boolean) =>
  readState(ask('/api/admin/pause', isPaused ? 'POST' : 'DELETE'));

/** Hangs up every listed call, and returns what goes on then. `null`: it is not known to have worked. */
export const endAll = () => readState(ask('/api/admin/calls/end', 'POST'));

/** Hangs a call up. Returns whether it has ended. */
export const hangUp = async (callId: CallId): Promise<boolean> =>
  (await ask(`/api/admin/calls/${callId}/end`, 'POST')) !== null;

/** Blocks a person or a network. Returns `null`, or what went wrong. */
export async function block(wanted: NewBlock): Promise<string | null> {
  const answer = await send('/api/admin/blocks', 'POST', wanted, Blocked);
  return 'problem' in answer ? answer.problem : null;
}

/** Ends a block. Returns `null`, or what went wrong. */
export async function unblock(id: string): Promise<string | null> {
  const answer = await send('/api/admin/blocks', 'DELETE', { id }, Blocked);
  return 'problem' in answer ? answer.problem : null;
}

/** Ends the calls of who is blocked. Returns `null`, or what went wrong. */
export async function endCallsOf(id: string): Promise<string | null> {
  const answer = await send('/api/admin/blocks/calls', 'POST', { id }, EndedCalls);
  if ('problem' in answer) return answer.problem;
  return answer.data.failed > 0 ? 'Not all of them could be ended. Try again in a moment.' : null;
}

/** Tries a hang-up again. Returns `null`, or what went wrong. */
export async function hangUpAgain(connection: HangUpAgain): Promise<string | null> {
  const answer = await send('/api/admin/hang-ups', 'POST', connection, HungUpAgain);
  if ('problem' in answer) return answer.problem;
  return answer.data.isGone ? null : 'The voice service still doesn’t end it.';
}
