import '@/lib/client/page/zod-without-eval';
import type { CallId } from '@/lib/shared/ids';
import { ConsoleState } from '@/lib/shared/owner/console';

async function ask(path: string, method: 'GET' | 'POST' | 'DELETE'): Promise<Response | null> {
  const response = await fetch(path, { method }).catch(() => null);
  return response?.ok ? response : null;
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
