import type { CallEvent, LifecycleEvent, Refusal } from '@/lib/shared/call-event';
import { type CallPhase, initialCallState, type LiveCall } from '@/lib/shared/call-state';
import { emptyTalk, type TrackedCall, turnOf } from '@/lib/shared/call-talk';
import { closeRecord, failRunningTools } from '@/lib/shared/close-record';
import { reduceConversationEvent, reduceDeviceEvent } from '@/lib/shared/reduce-live-call';

type WentLive = Extract<LifecycleEvent, { type: 'went_live' }>;

export const initialTrackedCall: TrackedCall = { ...initialCallState, talk: emptyTalk };

const RESETTABLE: ReadonlySet<CallPhase['name']> = new Set([
  'not_configured',
  'signed_out',
  'microphone_refused',
  'refused',
  'ended',
]);

function mayStart(phase: CallPhase, typed: boolean): boolean {
  if (phase.name === 'unsupported') return typed && phase.why !== 'no_webrtc';
  return phase.name === 'ready' || RESETTABLE.has(phase.name);
}

function refusedPhase(refusal: Refusal): CallPhase {
  if (refusal.code === 'unauthenticated') return { name: 'signed_out' };
  if (refusal.code === 'not_configured') return { name: 'not_configured' };
  return { name: 'refused', ...refusal };
}

function goLive(state: TrackedCall, event: WentLive): TrackedCall {
  const { callId, agent, endsAtMs, microphone } = event;
  const talk = { ...state.talk, tools: event.tools };
  const call: LiveCall = {
    callId,
    agent,
    endsAtMs,
    microphone,
    turn: turnOf({ record: state.record, talk }),
    link: 'good',
    approval: null,
    playbackBlocked: false,
    hint: null,
  };
  return { ...state, talk, phase: { name: 'live', call } };
}

/** The next state of the call screen. Pure; an event that does not belong to the phase changes nothing. */
export function reduceCall(state: TrackedCall, event: CallEvent): TrackedCall {
  const { phase } = state;
  const isSettingUp = phase.name === 'asking_microphone' || phase.name === 'connecting';
  const enterIf = (allowed: boolean, next: CallPhase): TrackedCall =>
    allowed ? { ...state, phase: next } : state;

  switch (event.type) {
    case 'unsupported':
      return enterIf(phase.name === 'ready', { name: 'unsupported', why: event.why });
    case 'start_requested':
      if (!mayStart(phase, event.typed)) return state;
      return {
        ...initialTrackedCall,
        phase: event.typed
          ? { name: 'connecting', step: 'opening', typed: true }
          : { name: 'asking_microphone' },
      };
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
    case 'refused':
      return enterIf(isSettingUp, refusedPhase(event.refusal));
    case 'cancelled':
      return enterIf(isSettingUp, { name: 'ready' });
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
    case 'reset':
      return RESETTABLE.has(phase.name) ? initialTrackedCall : state;
    case 'mute_changed':
    case 'microphone_lost':
    case 'link_changed':
    case 'playback_blocked':
    case 'hint_changed':
    case 'tick':
      return reduceDeviceEvent(state, event);
    default:
      return reduceConversationEvent(state, event);
  }
}
