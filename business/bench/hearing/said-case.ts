import type { ToolCall } from '@parley/realtime-sandbox/mind/interfaces';

/** What a sentence must lead to. Exactly one of: tool calls, a question for an argument, words that answer it. */
export type Outcome =
  | { calls: readonly ToolCall[] }
  /** The call that is being put together, the values it has so far, and the argument that is asked for. */
  | { asksFor: string; tool: string; given: Readonly<Record<string, unknown>> }
  /** A part of the answer that no other answer has. */
  | { says: string };

/** A sentence, what was said before it, and what it must lead to. Labelled by hand. */
export interface SaidCase {
  before?: readonly string[];
  said: string;
  means: Outcome;
}

export const calls = (name: string, args: ToolCall['arguments'] = {}): Outcome => ({
  calls: [{ name, arguments: args }],
});
export const asksFor = (slot: string, tool: string, given: ToolCall['arguments'] = {}): Outcome => ({
  asksFor: slot,
  tool,
  given,
});
export const says = (words: string): Outcome => ({ says: words });
