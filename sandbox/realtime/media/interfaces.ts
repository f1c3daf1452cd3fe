/**
 * The seam between the sandbox's two halves. The media half (`media/`) moves audio and bytes and knows
 * nothing of OpenAI's events; the protocol half (`http/`, `protocol/`, `mind/`) does the reverse. The
 * protocol half is tested with a scripted implementation of these interfaces.
 */

/** PCM as WebRTC carries it: mono, 48 kHz, signed 16 bit. */
export type Pcm48k = Int16Array<ArrayBuffer>;
/** PCM as the recogniser takes it: mono, 16 kHz, floats in -1…1. */
export type Pcm16k = Float32Array<ArrayBuffer>;
/** What a sentence means: 896 numbers, a vector of length 1. The product of two is large when they mean the same. */
export type Sense = Float32Array<ArrayBuffer>;

export type PeerCloseReason = 'remote' | 'silent' | 'failed' | 'local';

export interface PeerHandlers {
  /** The data channel `oai-events` is open. Never called when the offer had none. */
  onChannelOpen(): void;
  onMessage(text: string): void;
  /** About 20 ms of received audio, already in order. */
  onAudio(pcm: Pcm48k): void;
  /** ICE and DTLS are connected. */
  onConnected(): void;
  /** Called exactly once, also after `close()`. */
  onClosed(reason: PeerCloseReason): void;
}

/** How a call hears its own voice: a loudspeaker near the microphone. */
export interface EchoPath {
  delayMs: number;
  gainDb: number;
  /** After so much sound the browser cancels the echo; never without a number. */
  learnedMs?: number | undefined;
}

/** What a WebSocket is closed with. */
export interface Farewell {
  code: number;
  reason: string;
}

/** What carries a call: a WebRTC peer or a WebSocket. */
export interface Connection {
  /** Plays the agent's voice in real time; `null` when the voice travels inside the events. */
  readonly playout: Playout | null;
  send(text: string): void;
  /** Closes only what carries the events: a fault for tests. */
  closeChannel(): void;
  /** Stops sending audio while the connection stays: a fault for tests. */
  freezeAudio(): void;
  /** Answers no more connectivity checks but those that nominate: a fault for tests. WebRTC only. */
  refuseChecks(): void;
  /** Lets the microphone pick up the loudspeaker: a fault for tests. WebRTC only. */
  hearItself(path: EchoPath): void;
  close(farewell: Farewell): void;
}

/** One WebRTC connection. */
export interface Peer extends Connection {
  readonly answerSdp: string;
  readonly hasDataChannel: boolean;
  readonly playout: Playout;
  /** WebRTC has no words for it. */
  close(): void;
}

/** Audio to the browser, paced in real time; silence when the queue is empty. */
export interface Playout {
  /**
   * Appends speech that belongs to `tag` (a response id, never used again). Audio that arrives after
   * `clear()` is dropped.
   */
  enqueue(tag: string, pcm: Pcm48k): void;
  /** Marks that `tag` gets no more audio, so that `onDrained` can fire. */
  finish(tag: string): void;
  /**
   * Drops the queue at once. Returns how many milliseconds of `tag` were played, or `null` when nothing was
   * playing.
   */
  clear(): { tag: string; playedMs: number } | null;
  /** The tag that plays or waits to play, if any. */
  readonly current: string | null;
  /** The first audible frame of a tag was sent. */
  onStarted: (tag: string) => void;
  /** The last frame of a finished tag was sent. */
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
  /** Audio kept from before the detected start. */
  prefixPaddingMs: number;
}

export interface SpeechInputHandlers {
  /** `atMs` counts from the first audio of the call, prefix padding already subtracted. */
  onSpeechStarted(atMs: number): void;
  /**
   * Some silence followed speech: a good moment to start recognising. `onSpeechStopped` or `onSpeechResumed`
   * follows.
   */
  onSpeechPausing(audio: Pcm16k, certainty: number): void;
  onSpeechResumed(): void;
  /**
   * `audio` is the whole turn with prefix padding, trailing silence trimmed. `certainty`, 0…1, is how surely it was
   * speech; clear speech is above 0.85.
   */
  onSpeechStopped(atMs: number, audio: Pcm16k, certainty: number): void;
}

/** Voice activity detection of one call. Cheap: runs on the main thread. */
export interface SpeechInput {
  push(pcm: Pcm48k): void;
  configure(options: SpeechInputOptions): void;
  /** Milliseconds of audio received since the start of the call. */
  readonly heardMs: number;
  /** The turn so far; `null` when the user is not speaking at this moment. */
  turnSoFar(): Pcm16k | null;
  /** Manual turns (push to talk): everything since the last `reset()` or `take()`. */
  take(): Pcm16k;
  /** Drops what waits: all of it, or what came until then. */
  reset(untilMs?: number): void;
  /** The turn in progress is none. If the user speaks on, that is a new one. */
  ignoreTurn(): void;
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
   * `hints` are words and phrases of the session's vocabulary, most likely first. Rejects with the signal's
   * reason when aborted (the user went on after the pause), and with an error when too many wait or it takes
   * too long.
   */
  recognise(audio: Pcm16k, hints: readonly string[], signal?: AbortSignal): Promise<{ text: string }>;
  /**
   * An optional recognition. Resolves to `null` when the recogniser is busy, rests after the last optional
   * one, or dropped this one for a `recognise` in the meantime.
   */
  recogniseIfIdle(audio: Pcm16k, hints: readonly string[]): Promise<{ text: string } | null>;
  /**
   * Synthesises the first sentence of what may soon be spoken, so that `speak` finds it ready. Does nothing
   * while other speech is synthesised.
   */
  prepare(text: string, options: SpokenOptions): void;
  /**
   * Speaks sentence by sentence: the first piece arrives while the rest is still synthesised. Stops when the
   * signal aborts.
   */
  speak(text: string, options: SpokenOptions, signal: AbortSignal): AsyncIterable<Pcm48k>;
  close(): Promise<void>;
}

/** Reads sentences by meaning, with a model beside the recogniser's. Never rejects; a start may be without the model. */
export interface Senses {
  /** At once for a sentence that was just recognised. `null`: there is no model, or no time. */
  read(sentence: string): Promise<Sense | null>;
  /** Without haste: works only while nothing is recognised. `null`: there is no model. */
  study(sentences: readonly string[]): Promise<Sense[] | null>;
}

/** Everything that the protocol half needs from the media half. */
export interface Media {
  answer: AnswerOffer;
  createSpeechInput(handlers: SpeechInputHandlers, options: SpeechInputOptions): SpeechInput;
  speech: Speech;
  senses: Senses;
  close(): Promise<void>;
}
