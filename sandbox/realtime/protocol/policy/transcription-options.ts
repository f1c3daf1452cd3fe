import { ApiError } from '../events/api-error.ts';
import type { RealtimePolicy } from './policy.ts';

type Input = NonNullable<NonNullable<RealtimePolicy['audio']>['input']>;
type Transcription = NonNullable<Input['transcription']>;

/** It transcribes everything: it needs no turns, and takes no prompt. */
export const REALTIME_WHISPER = 'gpt-realtime-whisper';
const TAKES_KEYWORDS = /^gpt-(live-)?transcribe/;

/** The models that an option is for; the others refuse it. */
const MODELS_OF = {
  prompt: (model: string) => model !== REALTIME_WHISPER,
  delay: (model: string) => model === REALTIME_WHISPER,
  keywords: (model: string) => TAKES_KEYWORDS.test(model),
  languages: (model: string) => TAKES_KEYWORDS.test(model),
};
type Option = keyof typeof MODELS_OF;

/** @throws ApiError `invalid_value` for an option that the model does not have */
export function requireOptionsOfModel(given: Transcription, model: string): void {
  for (const option of Object.keys(MODELS_OF) as Option[]) {
    if (given[option] === undefined || MODELS_OF[option](model)) continue;
    const message = `The '${option}' parameter is not supported with the transcription model '${model}'.`;
    throw new ApiError(400, 'invalid_value', message, `session.audio.input.transcription.${option}`);
  }
}
