/**
 * The seam between the sandbox's two halves. The media half (rtc, audio, speech) moves sound and bytes
 * and knows nothing of OpenAI's events; the protocol half (http, session, mind) does the reverse.
 * The protocol half is tested with a scripted implementation of these interfaces.
 */

/** PCM as WebRTC carries it here: mono, 48 kHz, signed 16 bit. */
export type Pcm48k = Int16Array<ArrayBuffer>;
/** PCM as the recogniser wants it: mono, 16 kHz, floats in -1…1. */
export type Pcm16k = Float32Array<ArrayBuffer>;

export type PeerCloseReason = 'remote' | 'silent' | 'failed' | 'local';

export interface PeerHandlers {
  /** The data channel `oai-events` is open. Never called when the offer had none. */
  onChannelOpen(): void;
  onMessage(text: string): void;
  /** About 20 ms of received audio, already in order. */
  onAudio(pcm: Pcm48k): void;
  /** ICE and DTLS are up. */
  onConnected(): void;
  /** Called exactly once, also after `close()`. */
  onClosed(reason: PeerCloseReason): void;
}

/** One WebRTC connection. */
export interface Peer {
  readonly answerSdp: string;
  readonly hasDataChannel: boolean;
  readonly playout: Playout;
  send(text: string): void;
  /** Closes only the data channel: a fault for tests. */
  closeChannel(): void;
  /** Stops sending audio while the connection stays: a fault for tests. */
  freezeAudio(): void;
  close(): void;
}

/** Audio to the browser, paced in real time, silence when empty. */
export interface Playout {
  /** Appends speech that belongs to `tag` (a response id, never used again). What arrives after `clear()` is dropped. */
  enqueue(tag: string, pcm: Pcm48k): void;
  /** Says that `tag` gets no more audio, so that `onDrained` may fire. */
  finish(tag: string): void;
  /** Drops what is queued, at once. Answers how many milliseconds of `tag` had been played, or `null` when nothing was playing. */
  clear(): { tag: string; playedMs: number } | null;
  /** Tag now playing or waiting to play, if any. */
  readonly current: string | null;
  /** First audible frame of a tag was sent. */
  onStarted: (tag: string) => void;
  /** Last frame of a finished tag was sent. */
  onDrained: (tag: string) => void;
}

export type OfferProblem = { ok: false; message: string };
export type AnswerOffer = (
  offerSdp: string,
  handlers: PeerHandlers,
) => Promise<{ ok: true; peer: Peer } | OfferProblem>;

export interface SpeechInputOptions {
  /** Silence that ends a turn. */
  silenceMs: number;
  /** Probability above which a frame counts as speech, 0…1. */
  threshold: number;
  /** Sound kept from before the detected start. */
  prefixPaddingMs: number;
}

export interface SpeechInputHandlers {
  /** `atMs` counts from the first audio of the call, prefix padding already subtracted. */
  onSpeechStarted(atMs: number): void;
  /** Some trailing silence was heard: a good moment to start recognising. `onSpeechStopped` or `onSpeechResumed` follows. */
  onSpeechPausing(audio: Pcm16k): void;
  onSpeechResumed(): void;
  /** `audio` is the whole turn with prefix padding, trailing silence trimmed. */
  onSpeechStopped(atMs: number, audio: Pcm16k): void;
}

/** Voice activity detection of one call. Cheap: runs on the main thread. */
export interface SpeechInput {
  push(pcm: Pcm48k): void;
  configure(options: SpeechInputOptions): void;
  /** Milliseconds of audio received since the start of the call. */
  readonly heardMs: number;
  /** The turn as far as it was heard; `null` when nobody is speaking at this moment. */
  turnSoFar(): Pcm16k | null;
  /** Manual turns (push to talk): everything since the last `reset()` or `take()`. */
  take(): Pcm16k;
  reset(): void;
  close(): void;
}

export interface SpokenOptions {
  /** One of OpenAI's voices. */
  voice: string;
  /** 1 is the voice's own pace. */
  speed: number;
}

/** Speech to text and text to speech, in a worker shared by all calls. */
export interface Speech {
  /**
   * `hints` are words and phrases of the session's vocabulary, most likely first. Rejects with the signal's reason when
   * aborted (a recognition begun in a pause that was none), and with an error when too many wait or it takes too long.
   */
  recognise(audio: Pcm16k, hints: readonly string[], signal?: AbortSignal): Promise<{ text: string }>;
  /**
   * A recognition that is only nice to have. `null` when the recogniser is busy, or rests after the last one of these,
   * or gave this one up for a `recognise` that came meanwhile.
   */
  recogniseIfIdle(audio: Pcm16k, hints: readonly string[]): Promise<{ text: string } | null>;
  /** Makes the first sentence of what may soon be spoken, so that `speak` finds it ready. Left out while other speech is made. */
  prepare(text: string, options: SpokenOptions): void;
  /** Speaks sentence by sentence: the first piece arrives while the rest is still being made. Stops when the signal aborts. */
  speak(text: string, options: SpokenOptions, signal: AbortSignal): AsyncIterable<Pcm48k>;
  close(): Promise<void>;
}

/** All that the protocol half needs from the media half. */
export interface Media {
  answer: AnswerOffer;
  createSpeechInput(handlers: SpeechInputHandlers, options: SpeechInputOptions): SpeechInput;
  speech: Speech;
  close(): Promise<void>;
}
