import {
  type CallPhase,
  emptyTracking,
  type TrackedCall,
  type TranscriptEntry,
} from '@/lib/client/state/call-state';
import { initialTrackedCall } from '@/lib/client/state/reduce-setup';
import type { CallId, ToolCallId } from '@/lib/shared/ids';

export const call = {
  callId: 'call_n1' as CallId,
  agent: { name: 'ada', title: 'Ada' },
  endsAtMs: 600_000,
  turn: 'listening',
  link: 'good',
  reconnect: null,
  microphone: 'on',
  approval: null,
  playbackBlocked: false,
  interruption: null,
  hint: null,
} as const;
export const approval = {
  toolCallId: 'tool-1' as ToolCallId,
  toolName: 'book',
  title: 'Book',
  details: [],
  expiresAtMs: 30_000,
};
export const reconnect = { attempt: 1, maxAttempts: 3, retryAtMs: 1_000, isSilent: false };
export const receipt = {
  callId: 'call_n1' as CallId,
  reason: 'user',
  seconds: 12,
  secondsLeftToday: 500,
} as const;
export const refusal = { code: 'rate_limited', message: 'Wait.', retryAtMs: 5_000, cause: null } as const;
const openTool: TranscriptEntry = {
  kind: 'tool',
  id: 'tool-1',
  name: 'book',
  title: 'Book',
  state: 'running',
  startedAtMs: 1,
  finishedAtMs: null,
  arguments: {},
  reply: null,
};

/** One state of every phase, with an open tool call and an agent's message in the transcript. */
export const phases: Record<CallPhase['name'], CallPhase> = {
  unsupported: { name: 'unsupported', why: 'insecure_page' },
  not_configured: { name: 'not_configured' },
  signed_out: { name: 'signed_out' },
  ready: { name: 'ready' },
  asking_microphone: { name: 'asking_microphone', isQuestionOpen: false },
  microphone_refused: { name: 'microphone_refused', why: 'blocked' },
  connecting: { name: 'connecting', step: 'opening', typed: false },
  refused: { name: 'refused', ...refusal },
  live: { name: 'live', call },
  ending: { name: 'ending', agent: call.agent, reason: 'user' },
  ended: { name: 'ended', agent: call.agent, reason: 'user', cause: null, receipt },
};
export const names = Object.keys(phases) as CallPhase['name'][];

const transcript: TranscriptEntry[] = [
  { kind: 'agent', id: 'item-1', text: 'Hello there', spokenChars: 2, state: 'speaking', speaker: 'Ada' },
  openTool,
];
export const stateIn = (name: CallPhase['name']): TrackedCall => ({
  phase: phases[name],
  transcript,
  language: null,
  chargedSeconds: 0,
  unconfirmedTexts: [],
  sound: initialTrackedCall.sound,
  tracking: {
    ...emptyTracking,
    order: ['item-1', 'tool-1'],
    playing: { responseId: 'response-1', sinceMs: 0 },
  },
});
