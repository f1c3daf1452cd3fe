import type { ConversationItemInputAudioTranscriptionCompletedEvent } from 'openai/resources/realtime/realtime';
import type { Conversation } from '../conversation/conversation.ts';
import { heardPart } from '../conversation/item-schema.ts';
import { textTokens, USER_AUDIO_MS_PER_TOKEN } from '../conversation/usage.ts';
import type { Emit } from '../events/server-event.ts';
import { agreedWords, continueFrom, splitWords } from './stable-words.ts';
import { isBilledBySecond, writesWordByWord } from './transcription-model.ts';

type TranscriptionUsage = ConversationItemInputAudioTranscriptionCompletedEvent['usage'];

const TYPE = 'conversation.item.input_audio_transcription';

/**
 * The floating transcript of one voice item: deltas while the user still speaks, the whole text at the end. A
 * delta cannot be taken back, so the whole begins with all of them.
 */
export class Transcription {
  readonly itemId: string;
  #emit: Emit;
  #shown: readonly string[] = [];
  #guess: readonly string[] = [];

  constructor(itemId: string, emit: Emit) {
    this.itemId = itemId;
    this.#emit = emit;
  }

  /** Takes a recognition from before the end. Shows the words that no longer change. */
  guess(text: string): void {
    const words = splitWords(text);
    const agreed = agreedWords(this.#guess, words);
    this.#guess = words;
    if (this.#shown.every((word, index) => word === agreed[index])) this.#show(agreed);
  }

  complete(heard: string, model: string, audioMs: number, conversation: Conversation): void {
    const words = continueFrom(this.#shown, splitWords(heard));
    const text = words.join(' ');
    if (writesWordByWord(model)) this.#show(words);
    else if (text !== '') this.#emitDelta(text);
    const item = conversation.find(this.itemId)?.item;
    if (item?.type === 'message' && item.role === 'user') item.content = [heardPart(text)];
    this.#emit({
      type: `${TYPE}.completed`,
      item_id: this.itemId,
      content_index: 0,
      transcript: text,
      usage: measureUsage(text, model, audioMs),
    });
  }

  #show(words: readonly string[]): void {
    for (const [index, word] of words.entries()) {
      if (index < this.#shown.length) continue;
      this.#emitDelta(index === 0 ? word : ` ${word}`);
    }
    this.#shown = words;
  }

  #emitDelta(delta: string): void {
    this.#emit({ type: `${TYPE}.delta`, item_id: this.itemId, content_index: 0, delta });
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

function measureUsage(text: string, model: string, audioMs: number): TranscriptionUsage {
  if (isBilledBySecond(model)) return { type: 'duration', seconds: Math.round(audioMs / 100) / 10 };
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
