import type { CallTicket, EndReason, Receipt, ToolReply } from '@/lib/shared/contract';
import type { ErrorCode } from '@/lib/shared/errors';

/** Why this browser cannot make a spoken call at all. Typing may still work. */
export type UnsupportedWhy = 'insecure_page' | 'no_microphone_api' | 'no_webrtc' | 'frame_policy';

/** Why the microphone could not be had. `dismissed`: the question was closed; `blocked`: the browser remembers a no. */
export type MicrophoneProblem = 'dismissed' | 'blocked' | 'missing' | 'in_use' | 'failed';

/** Named steps of connecting, in order. */
export type ConnectStep = 'opening' | 'dialling' | 'joining';

/** What the two parties do. Speaking comes from playback events: audio outlives its generation by seconds. */
export type Turn = 'listening' | 'user_speaking' | 'thinking' | 'agent_speaking';

export type Link = 'good' | 'weak' | 'reconnecting';

export interface ApprovalRequest {
  toolCallId: string;
  toolName: string;
  title: string;
  /** Arguments in words, one line each: "Day: Friday". */
  details: { label: string; value: string }[];
  /** Milliseconds since the epoch, on this browser's clock: then the answer is no. */
  expiresAtMs: number;
}

/** A call that is up. Its fields exist in no other phase. */
export interface LiveCall {
  callId: string;
  agent: CallTicket['agent'];
  /** Milliseconds since the epoch, on this browser's clock. */
  endsAtMs: number;
  turn: Turn;
  link: Link;
  /** `none`: a typed call without a microphone. */
  microphone: 'on' | 'muted' | 'none';
  approval: ApprovalRequest | null;
  /** The browser refused to play sound before a gesture: offer "Tap to hear". */
  playbackBlocked: boolean;
  /** The person talks while muted, or nothing at all is heard. */
  hint: 'muted_speech' | 'no_sound' | null;
}

/** The one state of the call screen. Every phase has one sentence and one primary action (`call-copy`). */
export type CallPhase =
  | { name: 'unsupported'; why: UnsupportedWhy }
  | { name: 'not_configured' }
  | { name: 'signed_out' }
  | { name: 'ready' }
  | { name: 'asking_microphone' }
  | { name: 'microphone_refused'; why: MicrophoneProblem }
  | { name: 'connecting'; step: ConnectStep; typed: boolean }
  | { name: 'refused'; code: ErrorCode | 'network' | 'timeout'; message: string; retryAtMs: number | null }
  | { name: 'live'; call: LiveCall }
  | { name: 'ending'; reason: EndReason }
  | { name: 'ended'; reason: EndReason; receipt: Receipt | null };

/** One line of the record, ordered by conversation item, kept after the end. */
export type RecordEntry =
  | { kind: 'user'; id: string; text: string; state: 'hearing' | 'done' | 'failed'; typed: boolean }
  | {
      kind: 'agent';
      id: string;
      text: string;
      /** How many characters were spoken aloud so far; the rest is shown paler. */
      spokenChars: number;
      state: 'speaking' | 'done' | 'interrupted';
    }
  | {
      kind: 'tool';
      id: string;
      name: string;
      title: string;
      state: 'waiting_for_approval' | 'running' | 'done' | 'failed' | 'denied';
      startedAtMs: number;
      finishedAtMs: number | null;
      arguments: Record<string, unknown>;
      reply: ToolReply | null;
    }
  | { kind: 'note'; id: string; text: string };

export interface CallState {
  phase: CallPhase;
  record: readonly RecordEntry[];
}

export const initialCallState: CallState = { phase: { name: 'ready' }, record: [] };
