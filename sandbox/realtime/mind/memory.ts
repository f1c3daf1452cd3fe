/** A tool's arguments as far as they are known, by name. */
export type Values = Record<string, unknown>;

/** A call that is being put together with the person. */
export type Pending =
  /** One argument was asked for. `slot` is `null` when any change to the values will do. */
  | { kind: 'asking'; tool: string; values: Values; slot: string | null; tries: number }
  /** A spoken yes is wanted. */
  | { kind: 'confirming'; tool: string; values: Values }
  /** A next step was proposed; anything else may be said as well. */
  | { kind: 'offering'; tool: string; values: Values };

/** What the mind keeps between two answers. */
export interface Memory {
  lastSaid: string | null;
  pending: Pending | null;
  /** The last call: its values serve again ("and on Saturday?", "book the ten o'clock"). */
  recent: { tool: string; values: Values } | null;
  /** A question that waits until a question of the person is answered. */
  resume: Pending | null;
  /** Choices that the last result told, for "the first one". */
  options: readonly string[];
  /** Names of things that results told: codes and names that references may mean. */
  known: readonly string[];
  /** How often in a row nothing was understood, or nothing was heard. */
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
