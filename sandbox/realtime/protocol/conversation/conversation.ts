import { ApiError } from '../events/api-error.ts';
import type { Item } from './items.ts';

/** An item, with what the server knows about it beyond the wire. */
export interface Entry {
  item: Item;
  /** Length of the spoken part, for token counts. */
  audioMs: number;
  /**
   * What the recogniser heard in a voice item, `null` when it was no speech; the mind needs it even when the session has
   * no transcription.
   */
  heard: Promise<string | null> | null;
  /** How many items there were when the result of this remote call came. */
  settledAt?: number;
}

const MAX_ITEMS = 2_000;

/** What a client wants with an item: OpenAI's codes and sentences begin with it. */
const PURPOSES = { retrieve: 'retrieving', delete: 'deleting', truncate: 'truncating' } as const;
type Purpose = keyof typeof PURPOSES;

/** The ordered items of one call. */
export class Conversation {
  #entries: Entry[] = [];

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get lastId(): string | null {
    return this.#entries.at(-1)?.item.id ?? null;
  }

  /** Adds at the end, at the front (`root`) or after an item. Returns the id of the item before it. */
  add(entry: Entry, after?: string | null): string | null {
    if (this.find(entry.item.id)) {
      const message = `Error adding item: an item with id '${entry.item.id}' already exists.`;
      throw new ApiError(400, 'item_create_duplicate_item_id', message);
    }
    if (this.#entries.length >= MAX_ITEMS) {
      throw new ApiError(400, 'invalid_request_error', `A conversation holds at most ${MAX_ITEMS} items.`);
    }
    const index = this.#indexAfter(after);
    this.#entries.splice(index, 0, entry);
    return this.#entries[index - 1]?.item.id ?? null;
  }

  find(itemId: string): Entry | undefined {
    return this.#entries.find((entry) => entry.item.id === itemId);
  }

  /** @throws ApiError with the code of the purpose, such as `item_delete_invalid_item_id` */
  get(itemId: string, purpose: Purpose): Entry {
    const entry = this.find(itemId);
    if (entry) return entry;
    const message = `Error ${PURPOSES[purpose]} item: the item with id '${itemId}' does not exist.`;
    throw new ApiError(400, `item_${purpose}_invalid_item_id`, message);
  }

  /** @throws ApiError `invalid_tool_call_id` unless a function call of this conversation has the id */
  requireFunctionCall(callId: string): void {
    const calls = this.#entries.map(({ item }) => (item.type === 'function_call' ? item.call_id : null));
    if (calls.includes(callId)) return;
    throw new ApiError(400, 'invalid_tool_call_id', `Tool call ID '${callId}' not found in conversation.`);
  }

  previousId(itemId: string): string | null {
    const index = this.#entries.findIndex((entry) => entry.item.id === itemId);
    return this.#entries[index - 1]?.item.id ?? null;
  }

  remove(itemId: string): void {
    const { item } = this.get(itemId, 'delete');
    this.#entries = this.#entries.filter((entry) => entry.item.id !== item.id);
  }

  #indexAfter(after: string | null | undefined): number {
    if (!after) return this.#entries.length;
    if (after === 'root') return 0;
    const index = this.#entries.findIndex((entry) => entry.item.id === after);
    if (index >= 0) return index + 1;
    const message = `Error adding item: the previous item with id '${after}' does not exist.`;
    throw new ApiError(400, 'item_create_invalid_previous_item_id', message);
  }
}
