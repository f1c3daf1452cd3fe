import type {
  ApprovalRequest,
  ConnectStep,
  Interruption,
  Link,
  LiveCallState,
  Microphone,
  MicrophoneProblem,
  Reconnect,
  Refusal,
  SoundSettings,
  UnsupportedWhy,
} from '@/lib/client/state/call-state';
import type { EndReason, Receipt, ToolReply, ToolSummary } from '@/lib/shared/contract';
import type { CallId, ToolCallId } from '@/lib/shared/ids';
import type { ProviderCause } from '@/lib/shared/provider-cause';

/** What the page does before the call engine is loaded. See `reduce-setup`. */
export type SetupEvent =
  | { type: 'unsupported'; why: UnsupportedWhy }
  | { type: 'start_requested'; typed: boolean; language?: string | undefined }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'cancelled' }
  | { type: 'reset' };

/** An attempt that did not become a call was settled, and cost something. */
export interface ChargedEvent {
  type: 'attempt_charged';
  seconds: number;
}

/** What the call engine itself does: the way into a call and out of it. */
export type LifecycleEvent =
  | SetupEvent
  | ChargedEvent
  /** The browser prompts for the microphone and waits. */
  | { type: 'microphone_question_opened' }
  | { type: 'microphone_granted' }
  | { type: 'microphone_refused'; why: MicrophoneProblem }
  /** The user changed the browser's permission after a refusal. */
  | { type: 'microphone_allowed' }
  | { type: 'connect_step'; step: ConnectStep }
  /** `responseDueAtMs`: since when the agent is to speak first; `null`: the user is. */
  | {
      type: 'went_live';
      callId: CallId;
      agent: LiveCallState['agent'];
      tools: readonly ToolSummary[];
      endsAtMs: number;
      microphone: LiveCallState['microphone'];
      responseDueAtMs: number | null;
    }
  | { type: 'call_ending'; reason: EndReason }
  | { type: 'call_ended'; reason: EndReason; cause: ProviderCause | null; receipt: Receipt | null };

/** What changes around a live conversation. */
export type DeviceEvent =
  | { type: 'mute_changed'; muted: boolean }
  /** Push-to-talk was switched on or off during a call. */
  | { type: 'talk_mode_changed'; pushToTalk: boolean }
  /** The push-to-talk key went down or up. */
  | { type: 'talk_held'; held: true }
  /** `isSentence`: what was said meanwhile gets a reply. */
  | { type: 'talk_held'; held: false; isSentence: boolean; atMs: number }
  | { type: 'microphone_lost'; why: MicrophoneProblem }
  /** A microphone was plugged in after the last one was lost. `label` is its name. */
  | { type: 'microphone_found'; label: string; microphone: Exclude<Microphone, 'none'> }
  /** Something about sound devices that the user should know. */
  | { type: 'sound_note'; text: string }
  | { type: 'link_changed'; link: Exclude<Link, 'reconnecting'> }
  /** The connection is gone: whatever was open in the conversation is closed. */
  | { type: 'connection_dropped'; reconnect: Reconnect }
  | { type: 'reconnecting'; reconnect: Reconnect }
  /** The agent and `responseDueAtMs` as of `went_live`: the server may have handed over meanwhile. */
  | {
      type: 'connection_restored';
      agent: LiveCallState['agent'];
      tools: readonly ToolSummary[];
      responseDueAtMs: number | null;
    }
  /** All that was typed and that the server has not confirmed. */
  | { type: 'texts_unconfirmed'; texts: readonly string[] }
  | { type: 'playback_blocked'; blocked: boolean }
  /** The system took something away, or gave it back. */
  | { type: 'sound_interrupted'; interruption: Interruption | null }
  | { type: 'hint_changed'; hint: LiveCallState['hint'] }
  /** Time passed: advances the spoken text and ends a vain wait for a response. */
  | { type: 'tick'; atMs: number };

/** A response ended. `isFiltered`: the provider's filter cut it; otherwise it had become too long. */
export type ResponseDone = { type: 'response_done'; responseId: string; atMs: number } & (
  | { status: 'completed' | 'cancelled' }
  | { status: 'incomplete'; isFiltered: boolean }
  | { status: 'failed'; cause: ProviderCause }
);

/** What the Realtime server reported, in our words. See `read-server-event`. */
export type ServerEvent =
  | {
      type: 'item_added';
      itemId: string;
      previousItemId: string | null;
      role: 'user' | 'agent' | 'other';
      /** `null` when the words come later. */
      text: string | null;
      typed: boolean;
      /** Set on function calls: the transcript knows such an item by this id. */
      toolCallId: ToolCallId | null;
      atMs: number;
    }
  | { type: 'item_deleted'; itemId: string }
  | { type: 'item_truncated'; itemId: string; audioEndMs: number }
  | { type: 'user_speech_started'; itemId: string }
  | { type: 'user_speech_stopped'; itemId: string; atMs: number }
  | { type: 'user_speech_committed'; itemId: string; previousItemId: string | null; atMs: number }
  /** The server no longer listens for turns: a turn that has begun does not end. */
  | { type: 'detection_held' }
  /** Nothing of what the user says will be written down. */
  | { type: 'transcription_off' }
  | { type: 'user_words'; itemId: string; delta: string }
  | { type: 'user_words_done'; itemId: string; text: string }
  | { type: 'user_words_failed'; itemId: string; cause: ProviderCause | null }
  | { type: 'response_started'; responseId: string }
  | { type: 'response_item'; responseId: string; itemId: string }
  | { type: 'agent_words'; responseId: string; itemId: string; delta: string; aloud: boolean }
  | { type: 'agent_words_done'; responseId: string; itemId: string; text: string; aloud: boolean }
  | ResponseDone
  | { type: 'playback_started'; responseId: string; atMs: number }
  | { type: 'playback_stopped'; responseId: string }
  | { type: 'playback_cleared'; responseId: string; atMs: number }
  | {
      type: 'tool_requested';
      itemId: string;
      toolCallId: ToolCallId;
      name: string;
      arguments: Record<string, unknown>;
      atMs: number;
    }
  | { type: 'server_error'; code: string; cause: ProviderCause | null };

/** What happens to a tool call between its request and its reply. */
export type ToolEvent =
  | { type: 'approval_requested'; approval: ApprovalRequest }
  | { type: 'approval_closed'; toolCallId: ToolCallId; allowed: boolean; atMs: number }
  | { type: 'tool_started'; toolCallId: ToolCallId; atMs: number }
  | { type: 'tool_finished'; toolCallId: ToolCallId; reply: ToolReply; atMs: number };

/** What the agents do beside talking. */
export type AgentEvent =
  | {
      type: 'handed_off';
      toolCallId: ToolCallId;
      agent: LiveCallState['agent'];
      tools: readonly ToolSummary[];
    }
  | { type: 'guardrail_tripped'; itemId: string; rule: string; text: string };

export type ConversationEvent = ServerEvent | ToolEvent | AgentEvent;

/** Devices were found or chosen. Applies in every phase. */
export interface SoundEvent {
  type: 'sound_changed';
  sound: Partial<SoundSettings>;
}

/** Everything that may change the call screen. The list is closed. */
export type CallEvent = LifecycleEvent | DeviceEvent | ConversationEvent | SoundEvent;
