/** The known arguments of a tool, by name. */
export type Values = Record<string, unknown>;

/** A call that the dialogue is collecting arguments for. */
export type Pending =
  /** The agent asked for one argument. `slot` is `null` when any change to the values counts. */
  | { kind: 'asking'; tool: string; values: Values; slot: string | null; tries: number }
  /** The agent asked for a yes. */
  | { kind: 'confirming'; tool: string; values: Values }
  /** The agent asked which of two tools the words meant, or whether they meant the one. */
  | { kind: 'choosing'; tool: string; values: Values; other: string | null; said: readonly string[] }
  /** The agent proposed a next step; the user may say anything else. */
  | { kind: 'offering'; tool: string; values: Values };

/** What the mind keeps between two replies. */
export interface Memory {
  lastSaid: string | null;
  pending: Pending | null;
  /** The last call; its values can be used again ("and on Saturday?", "book the ten o'clock"). */
  recent: { tool: string; values: Values } | null;
  /** The agent's question that waits until a question of the user is answered. */
  resume: Pending | null;
  /** Choices in the last result, for "the first one". */
  options: readonly string[];
  /** Names and codes from results, which references may mean. */
  known: readonly string[];
  /** How often in a row the mind understood nothing (`misses`) or heard no words (`unheard`). */
  misses: number;
  unheard: number;
}

export const startMemory = (): Memory => ({
  lastSaid: null,
  pending: null,
  recent: null,
  resume: null,
  options: [],
  known: [],
  misses: 0,
  unheard: 0,
});
