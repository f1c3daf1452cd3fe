import type {
  CallTicket,
  EndReason,
  PreviewLine,
  Receipt,
  ToolReply,
  ToolSummary,
} from '@/lib/shared/contract';
import type { ErrorCode } from '@/lib/shared/errors';
import type { CallId, ToolCallId } from '@/lib/shared/ids';
import type { ProviderCause } from '@/lib/shared/provider-cause';

/** Why this browser cannot make a spoken call at all. Typing may still work. */
export type UnsupportedWhy = 'insecure_page' | 'no_microphone_api' | 'no_webrtc' | 'frame_policy';

/**
 * Why the microphone could not be opened. `dismissed`: the prompt was closed; `blocked`: the browser remembers a no;
 * `blocked_by_system`: the operating system keeps it from the browser.
 */
export type MicrophoneProblem =
  | 'dismissed'
  | 'blocked'
  | 'blocked_by_system'
  | 'missing'
  | 'in_use'
  | 'failed';

/** What the system has taken from a call that is up: for a phone call, an assistant, an alarm or another app. */
export type Interruption = 'microphone' | 'sound';

/** Named steps of connecting, in order. */
export type ConnectStep = 'opening' | 'dialling' | 'joining';

/** What user and agent do. Speaking comes from playback events: audio outlives its generation by seconds. */
export type Turn = 'listening' | 'user_speaking' | 'thinking' | 'agent_speaking';

export type Link = 'good' | 'weak' | 'reconnecting';

/** The connection dropped and a new one is being set up. */
export interface Reconnect {
  /** Counts from 1, and only those that were refused: one that nothing answers is repeated. */
  attempt: number;
  maxAttempts: number;
  /** On this browser's clock: when this attempt begins. `null`: it is under way, or waits for the network. */
  retryAtMs: number | null;
  /** Nothing answered the last attempt, or the browser is offline. */
  isSilent: boolean;
}

/**
 * `none`: a typed call without a microphone. With push-to-talk the microphone is `released` (nothing is sent)
 * until it is `held`.
 */
export type Microphone = 'on' | 'muted' | 'held' | 'released' | 'none';

export interface ApprovalRequest {
  toolCallId: ToolCallId;
  toolName: string;
  title: string;
  /** What would be done, one line each: "Day: Friday 27 November". Without a preview: the arguments in words. */
  details: PreviewLine[];
  /** When the answer becomes no. Milliseconds since the epoch, on this browser's clock. */
  expiresAtMs: number;
}

/** A call that is up. Its fields exist in no other phase. */
export interface LiveCallState {
  callId: CallId;
  agent: CallTicket['agent'];
  /** Milliseconds since the epoch, on this browser's clock. */
  endsAtMs: number;
  turn: Turn;
  link: Link;
  /** Set exactly while `link` is `reconnecting`. */
  reconnect: Reconnect | null;
  microphone: Microphone;
  approval: ApprovalRequest | null;
  /** The browser refused to play sound before a gesture: offer "Tap to hear". */
  playbackBlocked: boolean;
  interruption: Interruption | null;
  /** The user talks while muted, the microphone picks up nothing, or nobody seems to be there. */
  hint: 'muted_speech' | 'no_sound' | 'nobody' | null;
}

/**
 * Refusals that this browser finds out itself. `part_missing`: the code that makes calls could not be fetched;
 * `not_offered_here`: the provider does not serve the user's country.
 */
export type OwnRefusalCode = 'network' | 'part_missing' | 'timeout' | 'no_way_through' | 'not_offered_here';

/** Why a call could not be opened. `retryAtMs` is on this browser's clock. */
export interface Refusal {
  code: ErrorCode | OwnRefusalCode;
  message: string;
  retryAtMs: number | null;
  /** Why the provider refused. `null`: it did not, or our server did not say. */
  cause: ProviderCause | null;
}

/** The one state of the call screen. Every phase has one sentence and one primary action (`call-copy`). */
export type CallPhase =
  | { name: 'unsupported'; why: UnsupportedWhy }
  | { name: 'not_configured' }
  | { name: 'signed_out' }
  | { name: 'ready' }
  /** `isQuestionOpen`: the browser has prompted and waits for the user. Before that there is nothing to do. */
  | { name: 'asking_microphone'; isQuestionOpen: boolean }
  | { name: 'microphone_refused'; why: MicrophoneProblem }
  | { name: 'connecting'; step: ConnectStep; typed: boolean }
  | ({ name: 'refused' } & Refusal)
  | { name: 'live'; call: LiveCallState }
  /** `agent`: who answered last. */
  | { name: 'ending'; agent: CallTicket['agent']; reason: EndReason }
  | {
      name: 'ended';
      agent: CallTicket['agent'];
      reason: EndReason;
      cause: ProviderCause | null;
      receipt: Receipt | null;
    };

/** One entry of the transcript, ordered by conversation item, kept after the end. */
export type TranscriptEntry =
  | { kind: 'user'; id: string; text: string; state: 'hearing' | 'done' | 'failed'; typed: boolean }
  | {
      kind: 'agent';
      id: string;
      text: string;
      /** How many characters were spoken so far. The rest is shown paler. */
      spokenChars: number;
      state: 'speaking' | 'done' | 'interrupted';
      /** Title of the agent who speaks; `null` while it is not known yet. */
      speaker: string | null;
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
  /** Another agent took over. Both are titles. */
  | { kind: 'handoff'; id: string; from: string; to: string }
  /** The agent was stopped because it was about to break a rule. `text` says which, in a sentence. */
  | { kind: 'guardrail'; id: string; rule: string; text: string }
  | { kind: 'note'; id: string; text: string };

export interface SoundDevice {
  id: string;
  label: string;
}

/** Microphone, loudspeaker and way of talking. Known from the first `openSound` on, and kept from call to call. */
export interface SoundSettings {
  /** Empty until the first permission: browsers hide the devices before it. */
  microphones: readonly SoundDevice[];
  /** Empty where the browser does not let a page choose. */
  speakers: readonly SoundDevice[];
  /** `null`: the system's default. */
  microphoneId: string | null;
  speakerId: string | null;
  pushToTalk: boolean;
  /** The microphone is open for trying out, before a call: `levels().user` moves. */
  previewing: boolean;
  /** Why the microphone could not be tried out the last time. */
  previewProblem: MicrophoneProblem | null;
}

export interface CallState {
  phase: CallPhase;
  transcript: readonly TranscriptEntry[];
  /** The code of the language that the user chose for the call; `null`: the agent's own. */
  language: string | null;
  /**
   * What attempts that did not become a call have cost since the last click. It is known only once they are settled,
   * in any phase.
   */
  chargedSeconds: number;
  /** Typed, and not in the conversation yet; after the call, what may not have got through. */
  unconfirmedTexts: readonly string[];
  sound: SoundSettings;
}

export const initialCallState: CallState = {
  phase: { name: 'ready' },
  transcript: [],
  language: null,
  chargedSeconds: 0,
  unconfirmedTexts: [],
  sound: {
    microphones: [],
    speakers: [],
    microphoneId: null,
    speakerId: null,
    pushToTalk: false,
    previewing: false,
    previewProblem: null,
  },
};

/**
 * What the reducer remembers of the conversation in order to place, colour and time the transcript. The screen does
 * not read it.
 */
export interface Tracking {
  /**
   * Keys in conversation order, those without a visible entry included, because a later item names its
   * predecessor. A key is the item's id; of a function call its tool call id; of a note its own id.
   */
  order: readonly string[];
  /** Those of them that stem from earlier connections: whatever comes on this one comes after them. */
  earlier: readonly string[];
  /** Function call items: item id → tool call id. */
  toolKeys: Readonly<Record<string, string>>;
  /** Messages of each response, in order: their audio is played one after the other. */
  responses: Readonly<Record<string, readonly string[]>>;
  playing: { responseId: string; sinceMs: number } | null;
  userSpeaking: boolean;
  /** The service writes down what the user says. */
  transcribes: boolean;
  /**
   * A sentence of which nothing is in writing: with push-to-talk until the server confirms it, without transcription until
   * the agent answers.
   */
  sentenceUnconfirmed: boolean;
  respondingId: string | null;
  /** Since when a response is due that has not begun. */
  waitingSinceMs: number | null;
  tools: readonly ToolSummary[];
  /** Title of the agent in the call. */
  speaker: string | null;
}

/** The part of the state that conversation events change. */
export interface Conversation {
  transcript: readonly TranscriptEntry[];
  tracking: Tracking;
}

/** The whole state of the reducer. */
export interface TrackedCall extends CallState {
  tracking: Tracking;
}

export const emptyTracking: Tracking = {
  order: [],
  earlier: [],
  toolKeys: {},
  responses: {},
  playing: null,
  userSpeaking: false,
  transcribes: true,
  sentenceUnconfirmed: false,
  respondingId: null,
  waitingSinceMs: null,
  tools: [],
  speaker: null,
};
