import { setTimeout as delay } from 'node:timers/promises';
import { WireAudioWriter } from '../../media/audio/wire-audio.ts';
import type { Pcm48k } from '../../media/interfaces.ts';
import type { Emit } from '../events/server-event.ts';
import type { Pace } from './pace.ts';
import type { Cut, SpokenPlace, VoiceOutput } from './voice-output.ts';

const SAMPLES_PER_MS = 48;
/** Audio in one event. */
const CHUNK_SAMPLES = 200 * SAMPLES_PER_MS;

/**
 * A voice that the client plays: `response.output_audio.delta` events, several times faster than speech. The server
 * cannot know what was heard, so it truncates nothing itself (the client sends `conversation.item.truncate`) and
 * sends no `output_audio_buffer.*`. As documented for `idle_timeout_ms`, it takes the time of playing from the length
 * of the audio.
 */
export class AudioDeltas implements VoiceOutput {
  onSilent: () => void = () => {};
  readonly #emit: Emit;
  readonly #pace: Pace;
  #writing: { responseId: string; writer: WireAudioWriter } | null = null;
  #playedUntilMs = 0;
  #silence: NodeJS.Timeout | null = null;

  constructor(emit: Emit, pace: Pace) {
    this.#emit = emit;
    this.#pace = pace;
  }

  get busy(): boolean {
    return performance.now() < this.#playedUntilMs;
  }

  async enqueue(place: SpokenPlace, pcm: Pcm48k, signal: AbortSignal): Promise<void> {
    const writer = this.#writerFor(place);
    for (let at = 0; at < pcm.length && !signal.aborted; at += CHUNK_SAMPLES) {
      const chunk = pcm.subarray(at, at + CHUNK_SAMPLES);
      this.#emit({
        type: 'response.output_audio.delta',
        response_id: place.responseId,
        item_id: place.itemId,
        output_index: place.outputIndex,
        content_index: 0,
        delta: writer.write(chunk),
      });
      this.#playsFor(chunk.length / SAMPLES_PER_MS);
      if (this.#pace.audioDeltaMs > 0) {
        await delay(this.#pace.audioDeltaMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  finish(responseId: string): void {
    if (this.#writing?.responseId === responseId) this.#writing = null;
  }

  clear(): Cut[] {
    this.#writing = null;
    this.#playedUntilMs = 0;
    if (this.#silence) clearTimeout(this.#silence);
    return [];
  }

  #writerFor({ responseId, format }: SpokenPlace): WireAudioWriter {
    if (this.#writing?.responseId !== responseId) {
      this.#writing = { responseId, writer: new WireAudioWriter(format) };
    }
    return this.#writing.writer;
  }

  #playsFor(ms: number): void {
    const now = performance.now();
    this.#playedUntilMs = Math.max(now, this.#playedUntilMs) + ms;
    if (this.#silence) clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.onSilent(), this.#playedUntilMs - now + 1);
    this.#silence.unref();
  }
}
