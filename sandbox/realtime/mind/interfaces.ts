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
  /** What the agent was told since it last spoke, in system messages and for this response. */
  told: readonly string[];
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
  /** What the words mean to the sentence model. `null` without words, while it learns, and without the model. */
  meaning: Meaning | null;
}

/** What decides which tools there are, and what they are told to do. */
export type Session = Pick<TurnInput, 'instructions' | 'tools'>;

/** The nearest meaning of a sentence. */
export interface Meaning {
  of: { kind: 'tool'; name: string } | { kind: 'opening hours' } | { kind: 'remark' };
  /** From 0: how clearly it is this instead of a remark, or a remark instead of anything else. */
  lead: number;
  /** By how much the nearest tool is nearer than the next. */
  margin: number;
  /** The session's tools, the likeliest first, whether or not one is likely. */
  nearest: readonly string[];
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

/** What the agent once did, and upon what. */
export interface PastTurn {
  input: TurnInput;
  said: string | null;
  /** The names of the tools that it called. */
  calls: readonly string[];
}

/**
 * Thinks by rules, and by meaning where they do not understand. `think` is pure: its memory goes in and comes out, so
 * that a reply that was not heard can be undone.
 */
export interface Mind {
  think(input: TurnInput, memory: Memory): Reply;
  /** Remembers turns that it has not thought itself, as far as it would have acted so. Pure as well. */
  recall(turns: readonly PastTurn[], memory: Memory): Memory;
  /** Words and phrases the recogniser should expect, most likely first. */
  vocabulary(session: Session, memory: Memory): string[];
  /** Learns what a session's tools mean; until it resolves the rules decide alone. Never rejects. */
  learn(session: Session): Promise<void>;
  /** What was said, by meaning. Never rejects. */
  guess(session: Session, said: readonly string[]): Promise<Meaning | null>;
}
