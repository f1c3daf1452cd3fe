import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import { emptyTracking, type TrackedCall } from '@/lib/client/state/call-state';
import { reduceCall } from '@/lib/client/state/reduce-call';
import { initialTrackedCall } from '@/lib/client/state/reduce-setup';
import type { CallId } from '@/lib/shared/ids';

export const tools = [
  { name: 'look_it_up', title: 'Look it up', needsApproval: false, changesData: false },
  { name: 'send_reminder', title: 'Send a reminder', needsApproval: true, changesData: true },
];
type EventOf<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>;

export const WENT_LIVE: EventOf<'went_live'> = {
  type: 'went_live',
  callId: 'c' as CallId,
  agent: { name: 'ada', title: 'Ada' },
  tools,
  endsAtMs: 1e9,
  microphone: 'on',
  responseDueAtMs: null,
};
export const RESTORED: EventOf<'connection_restored'> = {
  type: 'connection_restored',
  agent: WENT_LIVE.agent,
  tools,
  responseDueAtMs: null,
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
): EventOf<'item_added'> => ({
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
