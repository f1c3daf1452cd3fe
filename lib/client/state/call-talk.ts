import type { CallState, TranscriptEntry, Turn } from '@/lib/client/state/call-state';
import type { ToolSummary } from '@/lib/shared/contract';

/**
 * What the reducer remembers of the conversation in order to place, colour and time the record.
 * The screen reads `phase` and `record` only.
 */
export interface Tracking {
  /**
   * Keys in conversation order, those without a visible entry included, because a later item names its
   * predecessor. A key is the item's id; of a function call its tool call id; of a note its own id.
   */
  order: readonly string[];
  /** Function call items: item id → tool call id. */
  toolKeys: Readonly<Record<string, string>>;
  /** Messages of each response, in order: their audio is played one after the other. */
  responses: Readonly<Record<string, readonly string[]>>;
  playing: { responseId: string; sinceMs: number } | null;
  userSpeaking: boolean;
  respondingId: string | null;
  /** Since when an answer is due that has not begun. */
  waitingSinceMs: number | null;
  tools: readonly ToolSummary[];
  /** Title of the agent on the line. */
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
  toolKeys: {},
  responses: {},
  playing: null,
  userSpeaking: false,
  respondingId: null,
  waitingSinceMs: null,
  tools: [],
  speaker: null,
};

/** Who has the floor. The person wins: a barge-in shows before the server has cut the agent's audio. */
export function currentTurn({ transcript, tracking }: Conversation): Turn {
  if (tracking.userSpeaking) return 'user_speaking';
  if (tracking.playing !== null) return 'agent_speaking';
  const toolRuns = transcript.some((entry) => entry.kind === 'tool' && entry.state === 'running');
  return tracking.respondingId !== null || tracking.waitingSinceMs !== null || toolRuns
    ? 'thinking'
    : 'listening';
}
