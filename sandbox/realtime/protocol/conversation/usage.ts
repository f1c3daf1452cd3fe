import type { RealtimeResponseUsage } from 'openai/resources/realtime/realtime';
import type { Session } from '../policy/session.ts';
import type { Entry } from './conversation.ts';
import { itemText } from './items.ts';

/** OpenAI's rates: user audio 1 token per 100 ms, assistant audio 1 token per 50 ms. Text is about 4 letters a token. */
export const USER_AUDIO_MS_PER_TOKEN = 100;
const ASSISTANT_AUDIO_MS_PER_TOKEN = 50;
const LETTERS_PER_TOKEN = 4;
const TOKENS_AROUND_AN_ITEM = 4;
/** Cache hits came in multiples of this in recorded traffic. */
const CACHE_BLOCK = 64;

export const textTokens = (text: string): number => Math.ceil(text.length / LETTERS_PER_TOKEN);

export interface InputTokens {
  text: number;
  audio: number;
  /** Changes with the instructions and tools: then no prefix of an earlier response can be reused. */
  prefix: string;
}

/** The whole history counts again for every response, earlier spoken messages as audio input. */
export function countInput(session: Session, entries: readonly Entry[]): InputTokens {
  const prefix = `${session.instructions}\n${JSON.stringify(session.tools)}`;
  const tokens = { text: textTokens(prefix), audio: 0, prefix };
  for (const { item, audioMs } of entries) {
    tokens.text += TOKENS_AROUND_AN_ITEM;
    if (item.type === 'function_call') tokens.text += textTokens(item.name + item.arguments);
    else if (item.type === 'function_call_output') tokens.text += textTokens(item.output);
    else if (item.type !== 'message') tokens.text += textTokens(JSON.stringify(item));
    else if (audioMs === 0) tokens.text += textTokens(itemText(item));
    else {
      const rate = item.role === 'assistant' ? ASSISTANT_AUDIO_MS_PER_TOKEN : USER_AUDIO_MS_PER_TOKEN;
      tokens.audio += Math.ceil(audioMs / rate);
    }
  }
  return tokens;
}

/** Tokens that a cache of the previous response's input would serve: whole blocks, text first. */
function countCached(input: InputTokens, previous: InputTokens | null) {
  if (!previous || previous.prefix !== input.prefix) return { text: 0, audio: 0 };
  const shared = Math.min(previous.text, input.text) + Math.min(previous.audio, input.audio);
  const total = Math.floor(shared / CACHE_BLOCK) * CACHE_BLOCK;
  const text = Math.min(total, input.text);
  return { text, audio: Math.min(total - text, input.audio) };
}

export function toUsage(
  input: InputTokens,
  previous: InputTokens | null,
  output: { text: number; audioMs: number },
): RealtimeResponseUsage {
  const cached = countCached(input, previous);
  const audioOut = Math.ceil(output.audioMs / ASSISTANT_AUDIO_MS_PER_TOKEN);
  const input_tokens = input.text + input.audio;
  const output_tokens = output.text + audioOut;
  return {
    total_tokens: input_tokens + output_tokens,
    input_tokens,
    output_tokens,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: 0,
      cached_tokens: cached.text + cached.audio,
      cached_tokens_details: { text_tokens: cached.text, audio_tokens: cached.audio, image_tokens: 0 },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: audioOut },
  };
}
