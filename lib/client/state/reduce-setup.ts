import type { SetupEvent } from '@/lib/client/state/call-event';
import {
  type CallPhase,
  emptyTracking,
  initialCallState,
  type Refusal,
  type TrackedCall,
} from '@/lib/client/state/call-state';

export const initialTrackedCall: TrackedCall = { ...initialCallState, tracking: emptyTracking };

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

/**
 * Applies the events that the page itself causes, before the call engine is loaded. The rest of the reducer comes with
 * the engine, so that the first load of the page stays small.
 */
export function reduceSetup(state: TrackedCall, event: SetupEvent): TrackedCall {
  const { phase, sound } = state;
  const isSettingUp = phase.name === 'asking_microphone' || phase.name === 'connecting';
  const enterIf = (allowed: boolean, next: CallPhase): TrackedCall =>
    allowed ? { ...state, phase: next } : state;

  switch (event.type) {
    case 'unsupported':
      return enterIf(phase.name === 'ready', { name: 'unsupported', why: event.why });
    case 'start_requested': {
      const next: CallPhase = event.typed
        ? { name: 'connecting', step: 'opening', typed: true }
        : { name: 'asking_microphone', isQuestionOpen: false };
      const language = event.language ?? null;
      return mayStart(phase, event.typed) ? { ...initialTrackedCall, sound, language, phase: next } : state;
    }
    case 'refused':
      return enterIf(isSettingUp, refusedPhase(event.refusal));
    case 'cancelled':
      return enterIf(isSettingUp, { name: 'ready' });
    case 'reset':
      return RESETTABLE.has(phase.name) ? { ...initialTrackedCall, sound } : state;
  }
}
