import type { ToolCall } from '@parley/realtime-sandbox/mind/interfaces';

/** What a sentence must lead to: tool calls, a question for an argument, or words. */
export type Outcome =
  | { calls: readonly ToolCall[] }
  /** The call that is being prepared, its values so far, and the argument that the reply asks for. */
  | { asksFor: string; tool: string; given: Readonly<Record<string, unknown>> }
  /** A part that only the right reply has. */
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
