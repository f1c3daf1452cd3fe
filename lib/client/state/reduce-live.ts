import type { ConversationEvent, DeviceEvent } from '@/lib/client/state/call-event';
import type {
  Conversation,
  LiveCallState,
  Microphone,
  MicrophoneProblem,
  TrackedCall,
  TranscriptEntry,
} from '@/lib/client/state/call-state';
import { addNote, closeTranscript, currentTurn } from '@/lib/client/state/transcript/conversation';
import { reduceConversation } from '@/lib/client/state/transcript/reduce-conversation';
import { advanceSpoken } from '@/lib/client/state/transcript/spoken-so-far';

/** A response that has not begun by then is no longer awaited. */
const RESPONSE_PATIENCE_MS = 10_000;

function updateLive(state: TrackedCall, change: Partial<LiveCallState>): TrackedCall {
  if (state.phase.name !== 'live') return state;
  const before = state.phase.call;
  const call: LiveCallState = { ...before, ...change };
  const keys = Object.keys(call) as (keyof LiveCallState)[];
  return keys.every((key) => call[key] === before[key]) ? state : { ...state, phase: { name: 'live', call } };
}

function applyConversation(state: TrackedCall, { transcript, tracking }: Conversation): TrackedCall {
  if (transcript === state.transcript && tracking === state.tracking) return state;
  return updateLive({ ...state, transcript, tracking }, { turn: currentTurn({ transcript, tracking }) });
}

function tick(state: TrackedCall, atMs: number): TrackedCall {
  const { transcript, tracking } = advanceSpoken(state, atMs);
  const waitedMs = tracking.waitingSinceMs === null ? 0 : atMs - tracking.waitingSinceMs;
  // Somebody may set the clock back.
  const isTired = Math.abs(waitedMs) > RESPONSE_PATIENCE_MS;
  return applyConversation(state, {
    transcript,
    tracking: isTired ? { ...tracking, waitingSinceMs: null } : tracking,
  });
}

/** Why the microphone went in the middle of a call, and the way on. */
function lostWords(why: MicrophoneProblem): string {
  switch (why) {
    case 'blocked':
    case 'dismissed':
      return 'The microphone was blocked. Allow it again, or carry on by typing.';
    case 'blocked_by_system':
      return 'Your system blocked the microphone. Allow it in its privacy settings and come back, or carry on by typing.';
    case 'in_use':
      return 'Another program took the microphone. Close it and come back to this page, or carry on by typing.';
    default:
      return 'The microphone was disconnected. Plug one in, or carry on by typing.';
  }
}

type Event<Type extends DeviceEvent['type']> = Extract<DeviceEvent, { type: Type }>;

const note = (state: TrackedCall, text: string): TrackedCall =>
  applyConversation(state, addNote(state, text));

function setMicrophone(state: TrackedCall, allowed: readonly Microphone[], next: Microphone): TrackedCall {
  const isAllowed = state.phase.name === 'live' && allowed.includes(state.phase.call.microphone);
  return isAllowed ? updateLive(state, { microphone: next, hint: null }) : state;
}

/**
 * Whoever cannot be heard is not speaking. The server may say so late, or never: where no sound arrives it finds no
 * pause. A turn without an end would also keep an abandoned call open.
 */
function fallSilent(state: TrackedCall): TrackedCall {
  if (!state.tracking.userSpeaking) return state;
  const tracking = { ...state.tracking, userSpeaking: false };
  return applyConversation(state, { transcript: state.transcript, tracking });
}

function hold(state: TrackedCall, event: Event<'talk_held'>): TrackedCall {
  const { held } = event;
  const moved = setMicrophone(state, [held ? 'released' : 'held'], held ? 'held' : 'released');
  if (moved === state) return state;
  // Speech is not detected in this mode: the key says when the user speaks.
  const isSentence = !event.held && event.isSentence;
  const waitingSinceMs = isSentence ? event.atMs : null;
  const spoken = { userSpeaking: held, sentenceUnconfirmed: isSentence, waitingSinceMs };
  const tracking = { ...moved.tracking, ...spoken };
  return applyConversation(moved, { transcript: moved.transcript, tracking });
}

/** Whether a drop now loses what the user says: the next connection is told in words what was said. */
export function isHeardInPart({ transcript, tracking }: TrackedCall): boolean {
  const last = transcript.findLast(({ kind }) => kind === 'user' || kind === 'agent');
  const isOnItsWay = tracking.userSpeaking || tracking.sentenceUnconfirmed;
  return isOnItsWay || (last?.kind === 'user' && last.state === 'hearing');
}

const isUnanswered = (entry: TranscriptEntry) =>
  entry.kind === 'tool' && entry.state === 'waiting_for_approval';

/** Whether a drop now takes a question along that the user has not answered: the next connection has to ask again. */
export const isAskingApproval = ({ transcript }: TrackedCall): boolean => transcript.some(isUnanswered);

const LOST = 'The connection was lost.';
const LOST_IN_SPEECH = `${LOST} What you were saying may not have got through, so please say it again once you’re connected.`;

/** Closes what was open on the old connection: it can neither go on nor be answered. */
function dropConnection(state: TrackedCall, { reconnect }: Event<'connection_dropped'>): TrackedCall {
  const tracking = {
    ...state.tracking,
    earlier: state.tracking.order,
    playing: null,
    userSpeaking: false,
    sentenceUnconfirmed: false,
    respondingId: null,
    waitingSinceMs: null,
  };
  // A question without an answer is asked again: until then nothing was refused.
  const kept = state.transcript.filter((entry) => !isUnanswered(entry));
  const quiet = applyConversation(state, { transcript: closeTranscript(kept), tracking });
  const noted = note(quiet, isHeardInPart(state) ? LOST_IN_SPEECH : LOST);
  return updateLive(noted, { link: 'reconnecting', reconnect, approval: null, hint: null });
}

function restoreConnection(state: TrackedCall, event: Event<'connection_restored'>): TrackedCall {
  const { agent, tools, responseDueAtMs } = event;
  const tracking = { ...state.tracking, tools, speaker: agent.title, waitingSinceMs: responseDueAtMs };
  const noted = note({ ...state, tracking }, 'Connected again.');
  return updateLive(noted, { agent, link: 'good', reconnect: null });
}

/** Applies what happens to connection, microphone and loudspeaker of a live call. Nothing changes in any other phase. */
export function reduceDeviceEvent(state: TrackedCall, event: DeviceEvent): TrackedCall {
  if (state.phase.name !== 'live') return state;
  const { microphone, link } = state.phase.call;
  switch (event.type) {
    case 'mute_changed':
      return event.muted
        ? setMicrophone(fallSilent(state), ['on', 'muted'], 'muted')
        : setMicrophone(state, ['on', 'muted'], 'on');
    case 'talk_mode_changed':
      return event.pushToTalk
        ? setMicrophone(state, ['on', 'muted'], 'released')
        : setMicrophone(state, ['held', 'released'], 'on');
    case 'talk_held':
      return hold(state, event);
    case 'microphone_lost':
      if (microphone === 'none') return state;
      return updateLive(note(fallSilent(state), lostWords(event.why)), { microphone: 'none', hint: null });
    case 'microphone_found':
      if (microphone !== 'none') return state;
      return updateLive(note(state, `Now using ${event.label}.`), { microphone: event.microphone });
    case 'sound_note':
      return note(state, event.text);
    case 'link_changed':
      return link === 'reconnecting' ? state : updateLive(state, { link: event.link });
    case 'connection_dropped':
      return link === 'reconnecting' ? state : dropConnection(state, event);
    case 'reconnecting':
      return link === 'reconnecting' ? updateLive(state, { reconnect: event.reconnect }) : state;
    case 'connection_restored':
      return link === 'reconnecting' ? restoreConnection(state, event) : state;
    case 'texts_unconfirmed':
      return { ...state, unconfirmedTexts: event.texts };
    case 'playback_blocked':
      return updateLive(state, { playbackBlocked: event.blocked });
    case 'sound_interrupted':
      return updateLive(event.interruption === 'microphone' ? fallSilent(state) : state, {
        interruption: event.interruption,
      });
    case 'hint_changed':
      return updateLive(state, { hint: event.hint });
    case 'tick':
      return tick(state, event.atMs);
  }
}

/** Applies what was said and done, while the call is up and shortly before and after. */
export function reduceConversationEvent(state: TrackedCall, event: ConversationEvent): TrackedCall {
  const { name } = state.phase;
  // Speech may begin before the connection is reported as up; a tool may finish after the hang-up.
  const isOpen = name === 'live' || name === 'connecting';
  const isLateReply = event.type === 'tool_finished' && (name === 'ending' || name === 'ended');
  if (!isOpen && !isLateReply) return state;
  // With push-to-talk the server never listens for turns: the key alone ends this one.
  const isHeld = state.phase.name === 'live' && state.phase.call.microphone === 'held';
  if (isHeld && event.type === 'detection_held') return state;
  const next = applyConversation(state, reduceConversation(state, event));
  if (next.phase.name !== 'live') return next;
  if (event.type === 'handed_off') return updateLive(next, { agent: event.agent });
  if (event.type === 'approval_requested') return updateLive(next, { approval: event.approval });
  const isAnswered =
    event.type === 'approval_closed' && next.phase.call.approval?.toolCallId === event.toolCallId;
  return isAnswered ? updateLive(next, { approval: null }) : next;
}
