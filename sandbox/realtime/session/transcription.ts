import type { ConversationItemInputAudioTranscriptionCompletedEvent } from 'openai/resources/realtime/realtime';
import type { Conversation } from './conversation.ts';
import { heardPart } from './item-schema.ts';
import type { Emit } from './server-event.ts';
import { textTokens, USER_AUDIO_MS_PER_TOKEN } from './usage.ts';

type TranscriptionUsage = ConversationItemInputAudioTranscriptionCompletedEvent['usage'];

const TYPE = 'conversation.item.input_audio_transcription';

/** Some models are billed by the second, the others by token. */
const billedBySecond = (model: string): boolean =>
  /realtime-whisper|live-transcribe|^gpt-transcribe/.test(model);

/** The floating transcript of one voice item: deltas while the person may still speak, the whole at the end. */
export class Transcription {
  readonly itemId: string;
  #emit: Emit;
  #shown = '';

  constructor(itemId: string, emit: Emit) {
    this.itemId = itemId;
    this.#emit = emit;
  }

  /** Shows what is new. A recogniser may change its mind about earlier words: then only the end tells. */
  show(text: string): void {
    if (!text.startsWith(this.#shown)) return;
    for (const delta of text.slice(this.#shown.length).match(/\s*\S+/g) ?? []) {
      this.#emit({ type: `${TYPE}.delta`, item_id: this.itemId, content_index: 0, delta });
    }
    this.#shown = text;
  }

  complete(text: string, model: string, audioMs: number, conversation: Conversation): void {
    this.show(text);
    const item = conversation.find(this.itemId)?.item;
    if (item?.type === 'message' && item.role === 'user') item.content = [heardPart(text)];
    this.#emit({
      type: `${TYPE}.completed`,
      item_id: this.itemId,
      content_index: 0,
      transcript: text,
      usage: usageOf(text, model, audioMs),
    });
  }

  fail(): void {
    const error = {
      type: 'transcription_error',
      code: 'audio_unintelligible',
      message: 'The audio could not be transcribed.',
    };
    this.#emit({ type: `${TYPE}.failed`, item_id: this.itemId, content_index: 0, error });
  }
}

function usageOf(text: string, model: string, audioMs: number): TranscriptionUsage {
  if (billedBySecond(model)) return { type: 'duration', seconds: Math.round(audioMs / 100) / 10 };
  const audio_tokens = Math.ceil(audioMs / USER_AUDIO_MS_PER_TOKEN);
  const output_tokens = textTokens(text);
  return {
    type: 'tokens',
    total_tokens: audio_tokens + output_tokens,
    input_tokens: audio_tokens,
    input_token_details: { text_tokens: 0, audio_tokens },
    output_tokens,
  };
}
