/** Some models are billed by the second, others by the token. */
export const isBilledBySecond = (model: string): boolean =>
  /whisper|live-transcribe|^gpt-transcribe/.test(model);

/** Two models write while the user speaks; the others begin when the turn is committed. */
export const writesWhileSpoken = (model: string): boolean => /realtime-whisper|live-transcribe/.test(model);

/** The first Whisper writes a whole turn at once. */
export const writesWordByWord = (model: string): boolean => model !== 'whisper-1';
