import type { Pcm48k, Playout } from '../interfaces.ts';
import { FRAME_SAMPLES } from './opus.ts';

interface Entry {
  tag: string;
  chunks: Pcm48k[];
  /** Samples of the first chunk already taken. */
  offset: number;
  playedSamples: number;
  finished: boolean;
}

const SAMPLES_PER_MS = 48;
/** A cut in the middle of a word clicks; 5 ms of fade do not. */
const FADE_SAMPLES = 5 * SAMPLES_PER_MS;
/** Late pieces of a cleared response are dropped; this many responses are remembered. */
const MAX_CLEARED_TAGS = 16;

/** The audio that waits to be played, in order. It has no clock: `sendNext` is called once every 20 ms. */
export class PlayoutQueue implements Playout {
  onStarted: (tag: string) => void = () => {};
  onDrained: (tag: string) => void = () => {};

  readonly #entries: Entry[] = [];
  readonly #cleared: string[] = [];
  #fade: Pcm48k | null = null;

  get current(): string | null {
    return this.#entries[0]?.tag ?? null;
  }

  enqueue(tag: string, pcm: Pcm48k): void {
    if (this.#cleared.includes(tag) || pcm.length === 0) return;
    this.#entry(tag).chunks.push(pcm);
  }

  finish(tag: string): void {
    if (this.#cleared.includes(tag)) return;
    this.#entry(tag).finished = true;
  }

  clear(): { tag: string; playedMs: number } | null {
    const playing = this.#entries[0];
    if (!playing) return null;
    const playedMs = Math.round(playing.playedSamples / SAMPLES_PER_MS);
    this.#fade = fadeOut(playing);
    for (const { tag } of this.#entries) this.#cleared.push(tag);
    this.#cleared.splice(0, this.#cleared.length - MAX_CLEARED_TAGS);
    this.#entries.length = 0;
    return { tag: playing.tag, playedMs };
  }

  /** Hands the next 20 ms to `send` (`null` is silence), then reports what that frame began or ended. */
  sendNext(send: (frame: Pcm48k | null) => void): void {
    const fade = this.#fade;
    this.#fade = null;
    const entry = this.#entries[0];
    if (fade || !entry) {
      send(fade);
      return;
    }
    const first = entry.playedSamples === 0;
    const frame = take(entry);
    send(frame);
    if (frame && first) this.onStarted(entry.tag);
    // The handler may have cleared the queue.
    if (this.#entries[0] !== entry || !entry.finished || entry.chunks.length > 0) return;
    this.#entries.shift();
    this.onDrained(entry.tag);
  }

  #entry(tag: string): Entry {
    const known = this.#entries.find((entry) => entry.tag === tag);
    if (known) return known;
    const entry: Entry = { tag, chunks: [], offset: 0, playedSamples: 0, finished: false };
    this.#entries.push(entry);
    return entry;
  }
}

/** Takes 20 ms from an entry, padded with silence at its end. Returns `null` when it waits for more. */
function take(entry: Entry): Pcm48k | null {
  if (entry.chunks.length === 0) return null;
  const frame = new Int16Array(FRAME_SAMPLES);
  let filled = 0;
  while (filled < FRAME_SAMPLES) {
    const chunk = entry.chunks[0];
    if (!chunk) break;
    const part = chunk.subarray(entry.offset, entry.offset + FRAME_SAMPLES - filled);
    frame.set(part, filled);
    filled += part.length;
    entry.offset += part.length;
    if (entry.offset === chunk.length) {
      entry.chunks.shift();
      entry.offset = 0;
    }
  }
  entry.playedSamples += filled;
  return frame;
}

function fadeOut(entry: Entry): Pcm48k | null {
  if (entry.playedSamples === 0) return null;
  const frame = take(entry);
  if (!frame) return null;
  return frame.map((sample, index) => Math.round(sample * Math.max(0, 1 - index / FADE_SAMPLES)));
}
