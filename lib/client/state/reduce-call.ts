import type { CallEvent, LifecycleEvent } from '@/lib/client/state/call-event';
import type { CallPhase, LiveCallState, SoundSettings, TrackedCall } from '@/lib/client/state/call-state';
import { reduceConversationEvent, reduceDeviceEvent } from '@/lib/client/state/reduce-live';
import { reduceSetup } from '@/lib/client/state/reduce-setup';
import { closeTranscript, currentTurn, failRunningTools } from '@/lib/client/state/transcript/conversation';

type WentLive = Extract<LifecycleEvent, { type: 'went_live' }>;

function goLive(state: TrackedCall, event: WentLive): TrackedCall {
  const { callId, agent, endsAtMs, microphone, tools } = event;
  const waitingSinceMs = event.responseDueAtMs ?? state.tracking.waitingSinceMs;
  const tracking = { ...state.tracking, tools, speaker: agent.title, waitingSinceMs };
  const call: LiveCallState = {
    callId,
    agent,
    endsAtMs,
    microphone,
    turn: currentTurn({ transcript: state.transcript, tracking }),
    link: 'good',
    reconnect: null,
    approval: null,
    playbackBlocked: false,
    interruption: null,
    hint: null,
  };
  return { ...state, tracking, phase: { name: 'live', call } };
}

function changeSound(state: TrackedCall, change: Partial<SoundSettings>): TrackedCall {
  const sound: SoundSettings = { ...state.sound, ...change };
  const keys = Object.keys(sound) as (keyof SoundSettings)[];
  return keys.every((key) => sound[key] === state.sound[key]) ? state : { ...state, sound };
}

/** Returns the next state of the call screen; the same object when the event does not belong to the phase. Pure. */
export function reduceCall(state: TrackedCall, event: CallEvent): TrackedCall {
  const { phase } = state;
  const enterIf = (allowed: boolean, next: CallPhase): TrackedCall =>
    allowed ? { ...state, phase: next } : state;

  switch (event.type) {
    case 'unsupported':
    case 'start_requested':
    case 'refused':
    case 'cancelled':
    case 'reset':
      return reduceSetup(state, event);
    case 'attempt_charged':
      return { ...state, chargedSeconds: state.chargedSeconds + event.seconds };
    case 'microphone_question_opened':
      return enterIf(phase.name === 'asking_microphone', { name: 'asking_microphone', isQuestionOpen: true });
    case 'microphone_granted':
      return enterIf(phase.name === 'asking_microphone', {
        name: 'connecting',
        step: 'opening',
        typed: false,
      });
    case 'microphone_refused':
      return enterIf(phase.name === 'asking_microphone', { name: 'microphone_refused', why: event.why });
    case 'microphone_allowed':
      return enterIf(phase.name === 'microphone_refused', { name: 'ready' });
    case 'connect_step':
      return phase.name === 'connecting' ? { ...state, phase: { ...phase, step: event.step } } : state;
    case 'went_live':
      return phase.name === 'connecting' ? goLive(state, event) : state;
    case 'call_ending':
      if (phase.name !== 'live') return state;
      return {
        ...state,
        transcript: closeTranscript(state.transcript),
        phase: { name: 'ending', agent: phase.call.agent, reason: event.reason },
      };
    case 'call_ended': {
      if (phase.name !== 'ending') return state;
      const { type: _, ...end } = event;
      const { agent } = phase;
      return {
        ...state,
        transcript: failRunningTools(state.transcript),
        phase: { name: 'ended', agent, ...end },
      };
    }
    case 'sound_changed':
      return changeSound(state, event.sound);
    case 'mute_changed':
    case 'talk_mode_changed':
    case 'talk_held':
    case 'microphone_lost':
    case 'microphone_found':
    case 'sound_note':
    case 'link_changed':
    case 'connection_dropped':
    case 'reconnecting':
    case 'connection_restored':
    case 'texts_unconfirmed':
    case 'playback_blocked':
    case 'sound_interrupted':
    case 'hint_changed':
    case 'tick':
      return reduceDeviceEvent(state, event);
    default:
      return reduceConversationEvent(state, event);
  }
}
