import type { AssistantMessage } from '../conversation/items.ts';
import { newId } from '../events/ids.ts';
import {
  announceItem,
  concludeItem,
  type ItemStatus,
  type OutputSlot,
  type OutputWriter,
} from './output-writer.ts';

export type Modality = 'audio' | 'text';

/** Writes one assistant message: its part, its deltas and its end, as transcript of audio or as text. */
export class MessageWriter implements OutputWriter {
  readonly item: AssistantMessage;
  #slot: OutputSlot;
  #modality: Modality;
  #text = '';

  constructor(slot: OutputSlot, modality: Modality, phase: AssistantMessage['phase']) {
    this.#slot = slot;
    this.#modality = modality;
    this.item = {
      id: newId('item'),
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      ...(phase ? { phase } : {}),
      content: [],
    };
  }

  get text(): string {
    return this.#text;
  }

  open(): void {
    announceItem(this.#slot, this.item);
    this.#slot.emit({ type: 'response.content_part.added', ...this.#place(), part: this.#part('') });
  }

  delta(delta: string): void {
    this.#text += delta;
    const type =
      this.#modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta';
    this.#slot.emit({ type, ...this.#place(), delta });
  }

  close(status: ItemStatus): void {
    const text = this.#text;
    const place = this.#place();
    const { emit } = this.#slot;
    if (this.#modality === 'audio') {
      emit({ type: 'response.output_audio.done', ...place });
      emit({ type: 'response.output_audio_transcript.done', ...place, transcript: text });
    } else {
      emit({ type: 'response.output_text.done', ...place, text });
    }
    emit({ type: 'response.content_part.done', ...place, part: this.#part(text) });
    this.item.status = status;
    this.item.content = [
      this.#modality === 'audio' ? { type: 'output_audio', transcript: text } : { type: 'output_text', text },
    ];
    concludeItem(this.#slot, this.item);
  }

  #place() {
    const { responseId: response_id, index: output_index } = this.#slot;
    return { response_id, item_id: this.item.id, output_index, content_index: 0 };
  }

  #part(text: string) {
    return this.#modality === 'audio'
      ? { type: 'audio' as const, transcript: text }
      : { type: 'text' as const, text };
  }
}
