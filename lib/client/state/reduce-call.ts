import type { CallEvent, LifecycleEvent } from '@/lib/client/state/call-event';
import type { CallPhase, LiveCall, SoundSettings } from '@/lib/client/state/call-state';
import { type TrackedCall, turnOf } from '@/lib/client/state/call-talk';
import { reduceConversationEvent, reduceDeviceEvent } from '@/lib/client/state/reduce-live';
import { reduceSetup } from '@/lib/client/state/reduce-setup';
import { closeRecord, failRunningTools } from '@/lib/client/state/transcript/close-record';

type WentLive = Extract<LifecycleEvent, { type: 'went_live' }>;

function goLive(state: TrackedCall, event: WentLive): TrackedCall {
  const { callId, agent, endsAtMs, microphone } = event;
  const talk = { ...state.talk, tools: event.tools, speaker: agent.title };
  const call: LiveCall = {
    callId,
    agent,
    endsAtMs,
    microphone,
    turn: turnOf({ record: state.record, talk }),
    link: 'good',
    reconnect: null,
    approval: null,
    playbackBlocked: false,
    hint: null,
  };
  return { ...state, talk, phase: { name: 'live', call } };
}

function changeSound(state: TrackedCall, change: Partial<SoundSettings>): TrackedCall {
  const sound: SoundSettings = { ...state.sound, ...change };
  const keys = Object.keys(sound) as (keyof SoundSettings)[];
  return keys.every((key) => sound[key] === state.sound[key]) ? state : { ...state, sound };
}

/** The next state of the call screen. Pure; an event that does not belong to the phase changes nothing. */
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
      return { ...state, record: closeRecord(state.record), phase: { name: 'ending', reason: event.reason } };
    case 'call_ended':
      if (phase.name !== 'ending') return state;
      return {
        ...state,
        record: failRunningTools(state.record),
        phase: { name: 'ended', reason: event.reason, receipt: event.receipt },
      };
    case 'sound_changed':
      return changeSound(state, event.sound);
    case 'mute_changed':
    case 'talk_mode_changed':
    case 'talk_held':
    case 'microphone_lost':
    case 'microphone_found':
    case 'sound_note':
    case 'link_changed':
    case 'line_dropped':
    case 'reconnecting':
    case 'line_restored':
    case 'playback_blocked':
    case 'hint_changed':
    case 'tick':
      return reduceDeviceEvent(state, event);
    default:
      return reduceConversationEvent(state, event);
  }
}
