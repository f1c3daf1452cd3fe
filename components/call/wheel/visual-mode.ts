import type { CallPhase } from '@/lib/client/state/call-state';

/** What the wheel shows. Each mode moves differently. */
export type VisualMode =
  | 'resting'
  | 'connecting'
  | 'listening'
  | 'hearing'
  | 'thinking'
  | 'speaking'
  | 'asking'
  | 'trouble'
  | 'quiet';

/** Returns what the wheel shows in a state. */
export function visualMode(phase: CallPhase): VisualMode {
  switch (phase.name) {
    case 'ready':
    case 'signed_out':
      return 'resting';
    case 'asking_microphone':
      return 'asking';
    case 'connecting':
      return 'connecting';
    case 'unsupported':
    case 'not_configured':
    case 'microphone_refused':
    case 'refused':
      return 'trouble';
    case 'ending':
    case 'ended':
      return 'quiet';
    case 'live':
      break;
  }
  const { call } = phase;
  if (call.link === 'reconnecting') return 'connecting';
  if (call.approval) return 'asking';
  if (call.interruption !== null) return 'quiet';
  switch (call.turn) {
    case 'agent_speaking':
      return 'speaking';
    case 'thinking':
      return 'thinking';
    case 'user_speaking':
      return 'hearing';
    case 'listening':
      return call.microphone === 'on' ? 'listening' : 'quiet';
  }
}
