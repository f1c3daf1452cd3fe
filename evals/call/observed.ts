import type { EndReason, PreviewLine, ToolReply, ToolSummary } from '@/lib/shared/contract';
import type { Outcome } from '../scenario/scenario.ts';

/* What one call was, as its caller, the page and the wire saw it. All times are milliseconds since the click on Talk. */

/** What the caller did. */
export type Act =
  | { kind: 'spoke'; text: string; fromMs: number; untilMs: number; over: 'silence' | 'agent' }
  | { kind: 'pressed'; title: string; allowed: boolean; shownAtMs: number; untilMs: number }
  | { kind: 'hung up'; untilMs: number };

/** One stretch of the agent's voice. */
export interface AgentSpeech {
  fromMs: number;
  untilMs: number;
  /** Its own transcript, as the page received it. */
  text: string;
  cut: boolean;
  /** What a recogniser hears of the recorded sound. */
  heard: string;
}

/** One function call of the model. */
export interface ToolUse {
  toolCallId: string;
  name: string;
  title: string;
  arguments: unknown;
  changesData: boolean;
  needsApproval: boolean;
  askedAtMs: number;
  /** When the server had run it; `null`: it never ran. */
  ranAtMs: number | null;
  outcome: Outcome | 'open';
  /** What the screen and the agent were told. */
  summary: string;
  approval: 'allowed' | 'denied' | 'not asked';
}

/** How long the caller waited for one answer. */
export interface Wait {
  /** The words or the click before it. */
  after: string;
  kind: 'first sound' | 'answer' | 'yield';
  ms: number | null;
}

export interface Spent {
  microUsd: number;
  tokens: number;
}

export interface ObservedCall {
  callId: string | null;
  model: string | null;
  acts: readonly Act[];
  speeches: readonly AgentSpeech[];
  /** What the site understood of the caller, in order. */
  understood: readonly string[];
  tools: readonly ToolUse[];
  waits: readonly Wait[];
  spent: Spent;
  ended: { reason: EndReason; seconds: number | null } | null;
  /** What the business stores about the caller after the call. */
  stored: unknown;
  /** Why the conversation could not be played to its end. */
  troubles: readonly string[];
}

/** A request of the page to the API of the site, with its answer. */
export type ApiExchange =
  | { kind: 'ticket'; callId: string; tools: readonly ToolSummary[] }
  | {
      kind: 'preview';
      name: string;
      arguments: unknown;
      ok: boolean;
      lines: readonly PreviewLine[];
      words: string;
    }
  | { kind: 'tool'; name: string; toolCallId: string; reply: ToolReply }
  | { kind: 'end'; reason: EndReason; seconds: number | null }
  | { kind: 'refused'; path: string; code: string };
