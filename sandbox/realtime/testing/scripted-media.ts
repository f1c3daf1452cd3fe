import type {
  Media,
  OfferProblem,
  Pcm16k,
  Pcm48k,
  Peer,
  PeerHandlers,
  Senses,
  Speech,
  SpeechInput,
  SpeechInputHandlers,
  SpeechInputOptions,
} from '../media/interfaces.ts';
import { ScriptedPeer } from './scripted-peer.ts';

const SAMPLES_PER_MS_HEARD = 16;
const SAMPLES_PER_MS_SPOKEN = 48;
/** Approximate length of a spoken word. */
const MS_PER_WORD = 300;

/** Hears what the test says. */
export class ScriptedSpeechInput implements SpeechInput {
  heardMs = 0;
  closed = false;
  options: SpeechInputOptions;
  #handlers: SpeechInputHandlers;
  #speech: ScriptedSpeech;
  #held: Pcm16k = new Float32Array(0);
  #soFar: string | null = null;

  constructor(handlers: SpeechInputHandlers, options: SpeechInputOptions, speech: ScriptedSpeech) {
    this.#handlers = handlers;
    this.options = options;
    this.#speech = speech;
  }

  push(pcm: Pcm48k): void {
    this.heardMs += pcm.length / SAMPLES_PER_MS_SPOKEN;
    this.hold('', this.heardMs);
  }

  turnSoFar(): Pcm16k | null {
    return this.#soFar === null ? null : this.#speech.toAudio(this.#soFar);
  }

  /** What the user has said so far in a turn; `null`: a breath. */
  said(text: string | null): void {
    this.#soFar = text;
  }

  configure(options: SpeechInputOptions): void {
    this.options = options;
  }

  take(): Pcm16k {
    const held = this.#held;
    this.reset();
    return held;
  }

  reset(): void {
    this.#held = new Float32Array(0);
  }

  ignoreTurn(): void {}

  close(): void {
    this.closed = true;
  }

  /** Audio that waits for a commit by the client. */
  hold(text: string, ms: number): void {
    this.#held = this.#speech.toAudio(text, ms);
  }

  start(atMs = this.heardMs): void {
    this.#handlers.onSpeechStarted(atMs);
  }

  pause(text: string, certainty = 0.95): void {
    this.#handlers.onSpeechPausing(this.#speech.toAudio(text), certainty);
  }

  resume(): void {
    this.#handlers.onSpeechResumed();
  }

  stop(text: string, certainty = 0.95): void {
    this.heardMs += text.split(' ').length * MS_PER_WORD;
    this.#handlers.onSpeechStopped(this.heardMs, this.#speech.toAudio(text), certainty);
  }

  /** A whole turn. */
  say(text: string, certainty = 0.95): void {
    this.start();
    this.pause(text, certainty);
    this.stop(text, certainty);
  }
}

/** A recogniser without errors, and a synthesiser that returns silence of the right length. */
export class ScriptedSpeech implements Speech {
  readonly recognised: string[] = [];
  /** Aborted before they were done. */
  readonly aborted: string[] = [];
  readonly glimpsed: string[] = [];
  readonly hints: (readonly string[])[] = [];
  readonly prepared: string[] = [];
  readonly spoken: string[] = [];
  /** Set: recognitions wait until `release`. */
  holding = false;
  broken = false;
  #texts = new WeakMap<Pcm16k, string>();
  #waiting: (() => void)[] = [];

  toAudio(text: string, ms = text.split(' ').length * MS_PER_WORD): Pcm16k {
    const audio: Pcm16k = new Float32Array(ms * SAMPLES_PER_MS_HEARD);
    this.#texts.set(audio, text);
    return audio;
  }

  async recognise(audio: Pcm16k, hints: readonly string[], signal?: AbortSignal): Promise<{ text: string }> {
    const text = this.#texts.get(audio) ?? '';
    this.recognised.push(text);
    this.hints.push(hints);
    signal?.addEventListener('abort', () => this.aborted.push(text), { once: true });
    if (this.holding) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.broken) throw new Error('The recogniser is broken.');
    return { text };
  }

  async recogniseIfIdle(audio: Pcm16k): Promise<{ text: string } | null> {
    if (this.holding) return null;
    const text = this.#texts.get(audio) ?? '';
    this.glimpsed.push(text);
    return { text };
  }

  /** Finishes the waiting recognitions. */
  release(): void {
    this.holding = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  prepare(text: string): void {
    this.prepared.push(text);
  }

  async *speak(text: string, _voice: unknown, signal: AbortSignal): AsyncIterable<Pcm48k> {
    this.spoken.push(text);
    for (const _word of text.split(' ')) {
      await Promise.resolve();
      if (signal.aborted) return;
      yield new Int16Array(MS_PER_WORD * SAMPLES_PER_MS_SPOKEN);
    }
  }

  async close(): Promise<void> {}
}

/** A scripted media half: no sockets, no audio, no models. */
export class ScriptedMedia implements Media {
  readonly peers: ScriptedPeer[] = [];
  readonly speechInputs: ScriptedSpeechInput[] = [];
  readonly speech = new ScriptedSpeech();
  /** Without the model. */
  readonly senses: Senses = { read: async () => null, study: async () => null };

  readonly answer = async (
    offerSdp: string,
    handlers: PeerHandlers,
  ): Promise<{ ok: true; peer: Peer } | OfferProblem> => {
    if (!offerSdp.startsWith('v=0')) return { ok: false, message: 'The offer must begin with v=0.' };
    const peer = new ScriptedPeer(handlers, offerSdp.includes('m=application'));
    this.peers.push(peer);
    return { ok: true, peer };
  };

  createSpeechInput(handlers: SpeechInputHandlers, options: SpeechInputOptions): ScriptedSpeechInput {
    const input = new ScriptedSpeechInput(handlers, options, this.speech);
    this.speechInputs.push(input);
    return input;
  }

  async close(): Promise<void> {}
}
