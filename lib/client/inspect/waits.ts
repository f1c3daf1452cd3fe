import { asFields, type Fields } from '@/lib/client/state/as-fields';

/** What a wait for the agent's first sound consisted of, in order of time. The parts add up to the whole. */
export interface Wait {
  /**
   * From the last sound of the user's voice until the provider took the turn as over; `null` for a typed turn, with
   * push-to-talk, and where nobody measured.
   */
  finishingMs: number | null;
  thinkingMs: number;
  /** Tools, with the time that the user needed to allow them. */
  toolMs: number;
  /** From the begin of the answer until it was heard. */
  soundMs: number;
}

/** A response that the user waits for. Times are milliseconds since the call was started. */
export interface Awaited {
  sinceMs: number;
  finishingMs: number | null;
  /** Tool calls without a result, and since when there are any. */
  openTools: number;
  toolsSinceMs: number;
  toolMs: number;
  /** When the answer began to be made. */
  answeringSinceMs: number | null;
}

interface Moment {
  atMs: number;
  /** When the user was last heard on this side. */
  heardAtMs: number | null;
}

/** A turn that ends longer after the last sound than any detection waits was not measured right. */
const LONGEST_FINISHING_MS = 10_000;

function beginWait({ atMs, heardAtMs }: Moment): Awaited {
  const finishingMs = heardAtMs === null ? null : Math.max(0, atMs - heardAtMs);
  return {
    sinceMs: atMs,
    finishingMs: finishingMs !== null && finishingMs <= LONGEST_FINISHING_MS ? finishingMs : null,
    openTools: 0,
    toolsSinceMs: 0,
    toolMs: 0,
    answeringSinceMs: null,
  };
}

function endTool(awaited: Awaited, atMs: number): Awaited {
  if (awaited.openTools === 0) return awaited;
  const openTools = awaited.openTools - 1;
  const passedMs = openTools === 0 ? atMs - awaited.toolsSinceMs : 0;
  return { ...awaited, openTools, toolMs: awaited.toolMs + passedMs };
}

/** With push-to-talk nothing says that speech stopped. A text, or the result of a tool, is an item. */
function isResponseDue(event: Fields): boolean {
  const { role, type } = asFields(event.item);
  return event.item === undefined || role === 'user' || type === 'function_call_output';
}

/** Returns the wait after an event of the server; `null`: nobody waits. */
export function followWait(awaited: Awaited | null, event: Fields, moment: Moment): Awaited | null {
  const { atMs } = moment;
  const item = asFields(event.item);
  switch (event.type) {
    case 'input_audio_buffer.speech_stopped':
      return beginWait(moment);
    case 'input_audio_buffer.committed':
    case 'conversation.item.added':
      if (awaited === null) return isResponseDue(event) ? beginWait({ atMs, heardAtMs: null }) : null;
      return item.type === 'function_call_output' ? endTool(awaited, atMs) : awaited;
    case 'response.output_item.done': {
      if (awaited === null || item.type !== 'function_call') return awaited;
      const toolsSinceMs = awaited.openTools === 0 ? atMs : awaited.toolsSinceMs;
      return { ...awaited, openTools: awaited.openTools + 1, toolsSinceMs };
    }
    case 'response.output_item.added':
      return awaited !== null && item.type === 'message' ? { ...awaited, answeringSinceMs: atMs } : awaited;
    default:
      return awaited;
  }
}

/** Returns what a wait consisted of that ends with a sound. What is neither tool nor sound was thinking. */
export function endWait(awaited: Awaited, atMs: number): Wait {
  const { sinceMs, finishingMs, answeringSinceMs } = awaited;
  const toolMs = awaited.toolMs + (awaited.openTools > 0 ? atMs - awaited.toolsSinceMs : 0);
  const wholeMs = atMs - sinceMs;
  const soundMs = Math.min(wholeMs - toolMs, answeringSinceMs === null ? 0 : atMs - answeringSinceMs);
  return { finishingMs, thinkingMs: wholeMs - toolMs - soundMs, toolMs, soundMs };
}

export const wholeMs = ({ finishingMs, thinkingMs, toolMs, soundMs }: Wait): number =>
  (finishingMs ?? 0) + thinkingMs + toolMs + soundMs;
