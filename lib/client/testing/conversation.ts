import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import { emptyTracking, type TrackedCall } from '@/lib/client/state/call-state';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { initialTrackedCall } from '@/lib/client/state/reduce-setup';
import type { CallId } from '@/lib/shared/ids';

export const tools = [
  { name: 'look_it_up', title: 'Look it up', needsApproval: false, changesData: false },
  { name: 'send_reminder', title: 'Send a reminder', needsApproval: true, changesData: true },
];
export const WENT_LIVE: CallEvent = {
  type: 'went_live',
  callId: 'c' as CallId,
  agent: { name: 'ada', title: 'Ada' },
  tools,
  endsAtMs: 1e9,
  microphone: 'on',
};
export const live = (): TrackedCall =>
  reduceCall(
    {
      ...initialTrackedCall,
      phase: { name: 'connecting', step: 'joining', typed: false },
      tracking: emptyTracking,
    },
    WENT_LIVE,
  );
export const play = (...events: CallEvent[]) => events.reduce(reduceCall, live());
export const turn = (state: TrackedCall) =>
  state.phase.name === 'live' ? state.phase.call.turn : state.phase.name;
export const ids = (state: TrackedCall) => state.transcript.map(({ id }) => id);

export const added = (
  itemId: string,
  previousItemId: string | null,
  role: 'user' | 'agent' | 'other',
): ServerEvent => ({
  type: 'item_added',
  itemId,
  previousItemId,
  role,
  text: null,
  typed: false,
  toolCallId: null,
  atMs: 0,
});
export const words = (itemId: string, delta: string, responseId = 'r1'): ServerEvent => ({
  type: 'agent_words',
  responseId,
  itemId,
  delta,
  aloud: true,
});
