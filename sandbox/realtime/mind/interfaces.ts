import type { Memory } from './memory.ts';

/** A function of the session, with its arguments as JSON Schema. */
export interface Tool {
  name: string;
  description: string;
  parameters: unknown;
}

/** A function call's result that has not been spoken yet. */
export interface ToolResult {
  name: string;
  arguments: Record<string, unknown>;
  output: string;
}

/** Everything that the mind knows in a turn. */
export interface TurnInput {
  instructions: string;
  /** Empty when the session's `tool_choice` is `none`. */
  tools: readonly Tool[];
  /** What the user said since the agent last spoke, oldest first. Empty text: sound without words. */
  said: readonly string[];
  /** There was also a sound that was no speech. Alone, it needs no reply. */
  noise: boolean;
  /** How many pictures the user has shown since then; nobody here can see them. */
  pictures: number;
  results: readonly ToolResult[];
  /** Nothing has been said in this conversation yet. */
  opening: boolean;
  /** The user has been silent for the session's idle timeout. */
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

/**
 * Thinks by rules. Pure: its memory goes in and comes out, so that a reply that was not heard can be undone.
 */
export interface Mind {
  think(input: TurnInput, memory: Memory): Reply;
  /** Words and phrases the recogniser should expect, most likely first. */
  vocabulary(input: Pick<TurnInput, 'instructions' | 'tools'>, memory: Memory): string[];
}
