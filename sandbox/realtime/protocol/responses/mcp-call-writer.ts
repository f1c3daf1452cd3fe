import type { McpCall } from '../conversation/items.ts';
import { newId } from '../events/ids.ts';
import type { RemoteTool } from '../mcp/remote-tools.ts';
import { announceItem, type ItemStatus, type OutputSlot, type OutputWriter } from './output-writer.ts';

/** Writes the call of a remote tool. Its `conversation.item.done` comes with its result, after the call. */
export class McpCallWriter implements OutputWriter {
  readonly item: McpCall;
  readonly #slot: OutputSlot;

  constructor(slot: OutputSlot, { serverLabel, wantsApproval, tool }: RemoteTool) {
    this.#slot = slot;
    this.item = {
      id: newId('item'),
      type: 'mcp_call',
      server_label: serverLabel,
      name: tool.name,
      arguments: '',
      approval_request_id: wantsApproval ? newId('item') : null,
      output: null,
      error: null,
    };
  }

  open(): void {
    announceItem(this.#slot, this.item);
  }

  delta(delta: string): void {
    this.item.arguments += delta;
    const event = { type: 'response.mcp_call_arguments.delta', ...this.#place(), delta } as const;
    // The Agents SDK's schema insists on it; it pads the events of OpenAI.
    this.#slot.emit({ ...event, obfuscation: '' });
  }

  close(_status: ItemStatus): void {
    const { emit } = this.#slot;
    const { responseId: response_id, index: output_index } = this.#slot;
    emit({ type: 'response.mcp_call_arguments.done', ...this.#place(), arguments: this.item.arguments });
    emit({
      type: 'response.output_item.done',
      response_id,
      output_index,
      item: structuredClone(this.item),
    });
  }

  #place() {
    const { responseId: response_id, index: output_index } = this.#slot;
    return { response_id, item_id: this.item.id, output_index };
  }
}
