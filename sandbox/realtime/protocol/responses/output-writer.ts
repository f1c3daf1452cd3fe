import type { Conversation } from '../conversation/conversation.ts';
import type { AssistantMessage, FunctionCall, McpCall } from '../conversation/items.ts';
import type { Emit } from '../events/server-event.ts';

/** Where an output item belongs: its response, its index, and the conversation unless out of band. */
export interface OutputSlot {
  responseId: string;
  index: number;
  conversation: Conversation | null;
  emit: Emit;
}

export type ItemStatus = 'completed' | 'incomplete';
type OutputItem = AssistantMessage | FunctionCall | McpCall;

/** An output item while it is written. `close` may come at any time: a cancelled item is closed as incomplete. */
export interface OutputWriter {
  readonly item: OutputItem;
  open(): void;
  close(status: ItemStatus): void;
}

/** The frame around every output item, in the recorded order. The item is copied: it changes later. */
export function announceItem(slot: OutputSlot, item: OutputItem): void {
  const { responseId: response_id, index: output_index, conversation, emit } = slot;
  emit({ type: 'response.output_item.added', response_id, output_index, item: structuredClone(item) });
  if (!conversation) return;
  const previous_item_id = conversation.add({ item, audioMs: 0, heard: null });
  emit({ type: 'conversation.item.added', previous_item_id, item: structuredClone(item) });
}

export function concludeItem(slot: OutputSlot, item: OutputItem): void {
  const { responseId: response_id, index: output_index, conversation, emit } = slot;
  const copy = structuredClone(item);
  if (conversation) {
    emit({ type: 'conversation.item.done', previous_item_id: conversation.previousId(item.id), item: copy });
  }
  emit({ type: 'response.output_item.done', response_id, output_index, item: copy });
}
