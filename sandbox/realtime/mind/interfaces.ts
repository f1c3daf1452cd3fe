import type { Memory } from './memory.ts';

/** A function the session offers, with its arguments as JSON Schema. */
export interface Tool {
  name: string;
  description: string;
  parameters: unknown;
}

/** A function call that came back, and that nobody has spoken about yet. */
export interface ToolResult {
  name: string;
  arguments: Record<string, unknown>;
  output: string;
}

/** All that the mind knows when it has to answer. */
export interface TurnInput {
  instructions: string;
  /** Empty when the session's `tool_choice` is `none`. */
  tools: readonly Tool[];
  /** What the person said since the agent last spoke, oldest first. Empty text: a sound without words. */
  said: readonly string[];
  results: readonly ToolResult[];
  /** Nothing was said in this conversation so far. */
  opening: boolean;
  /** The person has been silent for the session's idle timeout. */
  idle: boolean;
}

export interface ToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

export interface Reply {
  /** Spoken before the calls; `null` to say nothing. */
  say: string | null;
  calls: ToolCall[];
  memory: Memory;
}

/** Thinks by rules. Pure: what it remembers goes in and comes out, so that an unheard answer can be unthought. */
export interface Mind {
  think(input: TurnInput, memory: Memory): Reply;
  /** Words and phrases the recogniser should expect, most likely first. */
  vocabulary(input: Pick<TurnInput, 'instructions' | 'tools'>, memory: Memory): string[];
}
