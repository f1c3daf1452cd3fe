import type { FunctionCall } from '../conversation/items.ts';
import { newId } from '../events/ids.ts';
import {
  announceItem,
  concludeItem,
  type ItemStatus,
  type OutputSlot,
  type OutputWriter,
} from './output-writer.ts';

/** Writes one function call: arguments in deltas, then whole. */
export class FunctionCallWriter implements OutputWriter {
  readonly item: FunctionCall;
  #slot: OutputSlot;

  constructor(slot: OutputSlot, name: string) {
    this.#slot = slot;
    this.item = {
      id: newId('item'),
      type: 'function_call',
      status: 'in_progress',
      name,
      call_id: newId('call'),
      arguments: '',
    };
  }

  open(): void {
    announceItem(this.#slot, this.item);
  }

  delta(delta: string): void {
    this.item.arguments += delta;
    this.#slot.emit({ type: 'response.function_call_arguments.delta', ...this.#place(), delta });
  }

  close(status: ItemStatus): void {
    const { name, arguments: text } = this.item;
    this.#slot.emit({
      type: 'response.function_call_arguments.done',
      ...this.#place(),
      name,
      arguments: text,
    });
    this.item.status = status;
    concludeItem(this.#slot, this.item);
  }

  #place() {
    const { responseId: response_id, index: output_index } = this.#slot;
    return { response_id, item_id: this.item.id, output_index, call_id: this.item.call_id };
  }
}
