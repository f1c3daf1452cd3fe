import type { Pcm48k, Playout } from '../../media/interfaces.ts';
import type { Emit } from '../events/server-event.ts';
import type { Cut, SpokenPlace, VoiceOutput } from './voice-output.ts';

const SAMPLES_PER_MS = 48;

/** One spoken message on its way to the browser. */
interface Spoken {
  itemId: string;
  queuedMs: number;
  started: boolean;
}

/**
 * A voice that this server plays. The state of speaking, apart from generating: a reply is written in a fraction of a
 * second and played for several. Tags of the playout are response ids, because `output_audio_buffer.*` names the
 * response.
 */
export class Playback implements VoiceOutput {
  #playout: Playout;
  #emit: Emit;
  #spoken = new Map<string, Spoken>();
  /** Called when the last word was played or cut. */
  onSilent: () => void = () => {};

  constructor(playout: Playout, emit: Emit) {
    this.#playout = playout;
    this.#emit = emit;
    playout.onStarted = (responseId) => this.#started(responseId);
    playout.onDrained = (responseId) => this.#drained(responseId);
  }

  get busy(): boolean {
    return this.#spoken.size > 0;
  }

  enqueue({ responseId, itemId }: SpokenPlace, pcm: Pcm48k): void {
    const spoken = this.#spoken.get(responseId) ?? { itemId, queuedMs: 0, started: false };
    spoken.queuedMs += pcm.length / SAMPLES_PER_MS;
    this.#spoken.set(responseId, spoken);
    this.#playout.enqueue(responseId, pcm);
  }

  /** Marks that this response gets no more audio. */
  finish(responseId: string): void {
    if (this.#spoken.has(responseId)) this.#playout.finish(responseId);
  }

  /**
   * Stops speaking at once. Returns what was cut, so that the conversation drops what the user did not hear.
   */
  clear(): Cut[] {
    const playing = this.#playout.clear();
    const cuts: Cut[] = [];
    for (const [responseId, { itemId, queuedMs, started }] of this.#spoken) {
      const playedMs = playing?.tag === responseId ? Math.min(playing.playedMs, queuedMs) : 0;
      if (started) this.#emit({ type: 'output_audio_buffer.cleared', response_id: responseId });
      cuts.push({ itemId, queuedMs, playedMs: Math.round(playedMs) });
    }
    this.#spoken.clear();
    if (cuts.length > 0) this.onSilent();
    return cuts;
  }

  #started(responseId: string): void {
    const spoken = this.#spoken.get(responseId);
    if (!spoken || spoken.started) return;
    spoken.started = true;
    this.#emit({ type: 'output_audio_buffer.started', response_id: responseId });
  }

  #drained(responseId: string): void {
    if (!this.#spoken.delete(responseId)) return;
    this.#emit({ type: 'output_audio_buffer.stopped', response_id: responseId });
    if (!this.busy) this.onSilent();
  }
}
