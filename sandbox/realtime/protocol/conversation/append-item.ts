import type { Emit } from '../events/server-event.ts';
import type { Conversation, Entry } from './conversation.ts';

/** Adds a finished item to the conversation and announces it. */
export function appendItem(
  conversation: Conversation,
  emit: Emit,
  entry: Entry,
  after?: string | null,
): { previousItemId: string | null } {
  const previous_item_id = conversation.add(entry, after);
  const { item } = entry;
  emit({ type: 'conversation.item.added', previous_item_id, item: structuredClone(item) });
  emit({ type: 'conversation.item.done', previous_item_id, item: structuredClone(item) });
  return { previousItemId: previous_item_id };
}
