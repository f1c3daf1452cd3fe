import type { ConversationEvent, DeviceEvent } from '@/lib/shared/call-event';
import { addNote } from '@/lib/shared/call-record';
import { advanceSpoken } from '@/lib/shared/call-speech';
import type { LiveCall } from '@/lib/shared/call-state';
import { type Conversation, type TrackedCall, turnOf } from '@/lib/shared/call-talk';
import { reduceConversation } from '@/lib/shared/reduce-conversation';

/** An answer that has not begun by then is not awaited any longer. */
const ANSWER_PATIENCE_MS = 10_000;

function updateLive(state: TrackedCall, change: Partial<LiveCall>): TrackedCall {
  if (state.phase.name !== 'live') return state;
  const before = state.phase.call;
  const call: LiveCall = { ...before, ...change };
  const keys = Object.keys(call) as (keyof LiveCall)[];
  return keys.every((key) => call[key] === before[key]) ? state : { ...state, phase: { name: 'live', call } };
}

function applyConversation(state: TrackedCall, { record, talk }: Conversation): TrackedCall {
  if (record === state.record && talk === state.talk) return state;
  return updateLive({ ...state, record, talk }, { turn: turnOf({ record, talk }) });
}

function tick(state: TrackedCall, atMs: number): TrackedCall {
  const { record, talk } = advanceSpoken(state, atMs);
  const isTired = talk.waitingSinceMs !== null && atMs - talk.waitingSinceMs > ANSWER_PATIENCE_MS;
  return applyConversation(state, { record, talk: isTired ? { ...talk, waitingSinceMs: null } : talk });
}

/** Connection, microphone and loudspeaker of a live call. In any other phase nothing changes. */
export function reduceDeviceEvent(state: TrackedCall, event: DeviceEvent): TrackedCall {
  if (state.phase.name !== 'live') return state;
  const hasMicrophone = state.phase.call.microphone !== 'none';
  switch (event.type) {
    case 'mute_changed':
      return hasMicrophone
        ? updateLive(state, { microphone: event.muted ? 'muted' : 'on', hint: null })
        : state;
    case 'microphone_lost': {
      if (!hasMicrophone) return state;
      const noted = addNote(state, 'The microphone is gone. You can go on by typing.');
      return updateLive(applyConversation(state, noted), { microphone: 'none', hint: null });
    }
    case 'link_changed':
      return updateLive(state, { link: event.link });
    case 'playback_blocked':
      return updateLive(state, { playbackBlocked: event.blocked });
    case 'hint_changed':
      return updateLive(state, { hint: event.hint });
    case 'tick':
      return tick(state, event.atMs);
  }
}

/** What was said and done, while the call is up and shortly before and after. */
export function reduceConversationEvent(state: TrackedCall, event: ConversationEvent): TrackedCall {
  const { name } = state.phase;
  // Speech may begin before the connection is reported as up; a tool may answer after the hang-up.
  const isOpen = name === 'live' || name === 'connecting';
  const isLateAnswer = event.type === 'tool_finished' && (name === 'ending' || name === 'ended');
  if (!isOpen && !isLateAnswer) return state;
  const next = applyConversation(state, reduceConversation(state, event));
  if (next.phase.name !== 'live') return next;
  if (event.type === 'approval_requested') return updateLive(next, { approval: event.approval });
  const isAnswered =
    event.type === 'approval_closed' && next.phase.call.approval?.toolCallId === event.toolCallId;
  return isAnswered ? updateLive(next, { approval: null }) : next;
}
