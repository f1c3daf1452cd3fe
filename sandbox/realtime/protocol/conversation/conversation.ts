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
      throw new ApiError(400, 'invalid_value', `Item with id '${entry.item.id}' already exists.`, 'item.id');
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

  /** @throws ApiError `item_not_found` */
  get(itemId: string): Entry {
    const entry = this.find(itemId);
    if (entry) return entry;
    throw new ApiError(404, 'item_not_found', `Item with item_id '${itemId}' not found.`, 'item_id');
  }

  previousId(itemId: string): string | null {
    const index = this.#entries.findIndex((entry) => entry.item.id === itemId);
    return this.#entries[index - 1]?.item.id ?? null;
  }

  remove(itemId: string): void {
    const { item } = this.get(itemId);
    this.#entries = this.#entries.filter((entry) => entry.item.id !== item.id);
  }

  #indexAfter(after: string | null | undefined): number {
    if (after === undefined || after === null) return this.#entries.length;
    if (after === 'root') return 0;
    const index = this.#entries.findIndex((entry) => entry.item.id === after);
    if (index >= 0) return index + 1;
    const message = `Previous item with id '${after}' not found.`;
    throw new ApiError(404, 'item_not_found', message, 'previous_item_id');
  }
}
