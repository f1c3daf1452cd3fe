import { Decimator } from '../../media/audio/decimate.ts';
import { WireAudioReader } from '../../media/audio/wire-audio.ts';
import type { Media, Pcm16k, Pcm48k, SpeechInput } from '../../media/interfaces.ts';
import { appendItem } from '../conversation/append-item.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { spokenTurn } from '../conversation/item-schema.ts';
import { ApiError } from '../events/api-error.ts';
import { newId } from '../events/ids.ts';
import type { Emit } from '../events/server-event.ts';
import type { Session } from '../policy/session.ts';
import { speechInputOptions, waitsForMore } from '../policy/turn-options.ts';
import { isInvented } from './invented-words.ts';
import { Transcription } from './transcription.ts';
import { writesWhileSpoken } from './transcription-model.ts';

/** OpenAI refuses to commit less. */
const SHORTEST_COMMIT_MS = 100;
const SAMPLES_PER_MS = 16;
/** How often a turn in progress is recognised for the floating transcript. */
const GLIMPSE_EVERY_MS = 700;

export interface VoiceTurnsDeps {
  emit: Emit;
  media: Media;
  conversation: Conversation;
  session(): Session;
  /** Words the recogniser should expect now. */
  hints(): readonly string[];
  takeTranscriptionFault(): boolean;
  /** Runs what no client event requested: an error goes to the whole call. */
  attempt(act: () => void): void;
  /** The user began to speak. */
  onSpeech(): void;
  /** The user paused after these words, and may have finished. */
  onPause(said: string): void;
  /** A turn was committed by voice activity detection. */
  onTurn(): void;
}

interface Turn {
  transcription: Transcription;
  /** Recognition that began when the user paused; used when the pause was the end. */
  guess: Guess | null;
  /** When to recognise the turn so far again. */
  glimpseAtMs: number;
}

interface Guess {
  text: Promise<string>;
  abort: AbortController;
}

/** The user's turns: found by voice activity detection, or committed by the client (push to talk). */
export class VoiceTurns {
  readonly #deps: VoiceTurnsDeps;
  readonly #input: SpeechInput;
  readonly #closed = new AbortController();
  #turn: Turn | null = null;
  #appended: WireAudioReader;

  constructor(deps: VoiceTurnsDeps) {
    this.#deps = deps;
    this.#appended = new WireAudioReader(deps.session().audio.input.format.type);
    this.#input = deps.media.createSpeechInput(
      {
        onSpeechStarted: (atMs) => deps.attempt(() => this.#started(atMs)),
        onSpeechPausing: (audio, certainty) => deps.attempt(() => this.#pausing(audio, certainty)),
        onSpeechResumed: () => deps.attempt(() => this.#resumed()),
        onSpeechStopped: (atMs, audio, certainty) =>
          deps.attempt(() => this.#stopped(atMs, audio, certainty)),
      },
      speechInputOptions(deps.session()),
    );
  }

  get heardMs(): number {
    return this.#input.heardMs;
  }

  get speaking(): boolean {
    return this.#turn !== null;
  }

  push(pcm: Pcm48k): void {
    this.#input.push(pcm);
    const turn = this.#turn;
    if (turn && this.heardMs >= turn.glimpseAtMs) this.#glimpse(turn);
  }

  /** `input_audio_buffer.append`: base64 in the session's input format. */
  append(audio: string): void {
    const { type } = this.#deps.session().audio.input.format;
    if (this.#appended.format !== type) this.#appended = new WireAudioReader(type);
    this.push(this.#appended.read(audio));
  }

  /** Recognises the audio of an item that the client created: base64 in the session's input format. */
  hear(audio: string): { audioMs: number; heard: Promise<string> } {
    const { type } = this.#deps.session().audio.input.format;
    const pcm = new Decimator().push(new WireAudioReader(type).read(audio));
    return { audioMs: pcm.length / SAMPLES_PER_MS, heard: this.#recognise(pcm).catch(() => '') };
  }

  /** The session changed. */
  configure(): void {
    this.#input.configure(speechInputOptions(this.#deps.session()));
    if (!this.#manual) return;
    this.#dropTurn();
    this.#input.ignoreTurn();
  }

  /** `input_audio_buffer.commit`. @throws ApiError `input_audio_buffer_commit_empty` */
  commit(): void {
    const audio = this.#input.take();
    const ms = audio.length / SAMPLES_PER_MS;
    if (ms < SHORTEST_COMMIT_MS) {
      const message = `Error committing input audio buffer: buffer too small. Expected at least ${SHORTEST_COMMIT_MS}ms of audio, but buffer only has ${ms.toFixed(2)}ms of audio.`;
      throw new ApiError(400, 'input_audio_buffer_commit_empty', message);
    }
    const { transcription } = this.#turn ?? this.#newTurn();
    this.#dropTurn();
    this.#commit(transcription, audio, this.#recognise(audio));
  }

  /** `input_audio_buffer.clear` */
  clear(): void {
    this.#dropTurn();
    this.#input.reset();
    this.#deps.emit({ type: 'input_audio_buffer.cleared' });
  }

  /** Drops the running recognition, whose result is unused. */
  close(): void {
    this.#dropTurn();
    this.#closed.abort();
    this.#input.close();
  }

  get #manual(): boolean {
    return this.#deps.session().audio.input.turn_detection === null;
  }

  /** The end of a turn starts a response. */
  get #responds(): boolean {
    return this.#deps.session().audio.input.turn_detection?.create_response === true;
  }

  #newTurn(): Turn {
    const transcription = new Transcription(newId('item'), this.#deps.emit);
    return { transcription, guess: null, glimpseAtMs: this.heardMs + GLIMPSE_EVERY_MS };
  }

  #dropTurn(): void {
    this.#turn?.guess?.abort.abort();
    this.#turn = null;
  }

  #started(atMs: number): void {
    if (this.#manual) {
      // Speech that goes on when detection is switched on begins a turn then.
      this.#input.ignoreTurn();
      return;
    }
    const turn = this.#newTurn();
    this.#turn = turn;
    const { itemId } = turn.transcription;
    const audio_start_ms = Math.max(0, Math.round(atMs));
    this.#deps.emit({ type: 'input_audio_buffer.speech_started', audio_start_ms, item_id: itemId });
    this.#deps.onSpeech();
  }

  #pausing(audio: Pcm16k, certainty: number): void {
    const turn = this.#turn;
    if (!turn) return;
    const abort = new AbortController();
    const guess = { text: this.#recognise(audio, abort.signal), abort };
    turn.guess = guess;
    guess.text.then(
      (text) => {
        if (isInvented(text, certainty)) return;
        if (turn.guess === guess && this.#turn === turn) this.#guessed(turn, text);
      },
      () => undefined,
    );
  }

  /** Recognises a sentence in progress. Its end never waits for this. */
  #glimpse(turn: Turn): void {
    if (!this.#floats) return;
    const audio = this.#input.turnSoFar();
    if (!audio) return;
    turn.glimpseAtMs = this.heardMs + GLIMPSE_EVERY_MS;
    this.#deps.media.speech.recogniseIfIdle(audio, this.#deps.hints()).then(
      (seen) => {
        if (seen && this.#turn === turn) turn.transcription.guess(seen.text);
      },
      () => undefined,
    );
  }

  /** The user may have finished with this. */
  #guessed(turn: Turn, text: string): void {
    if (this.#floats) turn.transcription.guess(text);
    const patience = waitsForMore(this.#deps.session(), text);
    if (patience) this.#input.configure(patience);
    else if (this.#responds) this.#deps.onPause(text);
  }

  #resumed(): void {
    this.#input.configure(speechInputOptions(this.#deps.session()));
    this.#turn?.guess?.abort.abort();
    if (this.#turn) this.#turn.guess = null;
  }

  #stopped(atMs: number, audio: Pcm16k, certainty: number): void {
    const turn = this.#turn;
    if (!turn) return;
    this.#turn = null;
    this.#input.configure(speechInputOptions(this.#deps.session()));
    this.#input.reset(atMs);
    const { itemId } = turn.transcription;
    const audio_end_ms = Math.round(atMs);
    this.#deps.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms, item_id: itemId });
    const recognised = turn.guess?.text ?? this.#recognise(audio);
    const heard = recognised.then((text) => (isInvented(text, certainty) ? null : text));
    this.#commit(turn.transcription, audio, heard);
    if (this.#responds) this.#deps.onTurn();
  }

  /** `recognised` resolves to `null` when the turn held no speech. */
  #commit(transcription: Transcription, audio: Pcm16k, recognised: Promise<string | null>): void {
    const { emit, conversation } = this.#deps;
    const { itemId } = transcription;
    const audioMs = audio.length / SAMPLES_PER_MS;
    const heard = recognised.catch(() => '');
    emit({ type: 'input_audio_buffer.committed', previous_item_id: conversation.lastId, item_id: itemId });
    appendItem(conversation, emit, { item: spokenTurn(itemId), audioMs, heard });
    void this.#transcribe(transcription, recognised, audioMs);
  }

  async #transcribe(transcription: Transcription, recognised: Promise<string | null>, audioMs: number) {
    const model = this.#model;
    if (!model) return;
    const failed = this.#deps.takeTranscriptionFault();
    const text = await recognised.then((words) => words ?? '').catch(() => undefined);
    if (this.#closed.signal.aborted) return;
    if (failed || text === undefined) transcription.fail();
    else transcription.complete(text, model, audioMs, this.#deps.conversation);
  }

  /** The session's transcription model, if it has one. */
  get #model(): string | null {
    const { transcription } = this.#deps.session().audio.input;
    return transcription && (transcription.model ?? 'gpt-4o-mini-transcribe');
  }

  /** The transcript grows while the user speaks. */
  get #floats(): boolean {
    return this.#model !== null && writesWhileSpoken(this.#model);
  }

  async #recognise(audio: Pcm16k, signal?: AbortSignal): Promise<string> {
    const { media, hints } = this.#deps;
    const until = AbortSignal.any([this.#closed.signal, ...(signal ? [signal] : [])]);
    const { text } = await media.speech.recognise(audio, hints(), until);
    return text.trim();
  }
}
