import { appendItem } from '../conversation/append-item.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { spokenTurn } from '../conversation/item-schema.ts';
import type { Item } from '../conversation/items.ts';
import { newId } from '../events/ids.ts';
import type { Emit } from '../events/server-event.ts';

/**
 * The events after `idle_timeout_ms` of silence, before the response that asks whether the user is still
 * there.
 */
export function commitIdleTurn(
  conversation: Conversation,
  emit: Emit,
  heard: { fromMs: number; toMs: number },
): { itemId: string } {
  const itemId = newId('item');
  emit({
    type: 'input_audio_buffer.timeout_triggered',
    audio_start_ms: Math.max(0, Math.round(heard.fromMs)),
    audio_end_ms: Math.round(heard.toMs),
    item_id: itemId,
  });
  const note: Item = {
    id: newId('item'),
    type: 'message',
    status: 'completed',
    role: 'system',
    content: [{ type: 'input_text', text: 'No speech was detected before the idle timeout.' }],
  };
  appendItem(conversation, emit, { item: note, audioMs: 0, heard: null });
  emit({ type: 'input_audio_buffer.committed', previous_item_id: conversation.lastId, item_id: itemId });
  appendItem(conversation, emit, { item: spokenTurn(itemId), audioMs: 0, heard: null });
  return { itemId };
}
