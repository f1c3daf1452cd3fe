import type { Connection, Farewell } from '../media/interfaces.ts';
import { CallLog, type CloseReason } from './call-log.ts';
import type { CallOptions } from './call-options.ts';
import { parseClientEvent, parseJsonObject } from './client-event.ts';
import { answerClientEvent } from './client-event-handlers.ts';
import type { Cancel } from './clock.ts';
import { Conversation } from './conversation/conversation.ts';
import { truncateSpoken } from './conversation/truncate.ts';
import { type ErrorFields, toApiError } from './events/api-error.ts';
import { EventStream, withId } from './events/event-stream.ts';
import type { ServerEvent } from './events/server-event.ts';
import { hideEventCredentials } from './mcp/credentials.ts';
import { RemoteTools } from './mcp/remote-tools.ts';
import { type Session, toWireSession } from './policy/session.ts';
import { AudioDeltas } from './responses/audio-deltas.ts';
import { Playback } from './responses/playback.ts';
import { Responses } from './responses/responses.ts';
import { selectTools } from './responses/turn-input.ts';
import type { VoiceOutput } from './responses/voice-output.ts';
import { IdleClock } from './turns/idle-clock.ts';
import { commitIdleTurn } from './turns/idle-turn.ts';
import { Transcription } from './turns/transcription.ts';
import { VoiceTurns } from './turns/voice-turns.ts';

/** Lets the last event leave before the connection closes. */
const FAREWELL_MS = 100;
const ENDED: Farewell = { code: 1_000, reason: 'The session has ended.' };
/** "Going away", as at OpenAI after an hour. */
const EXPIRED_CODE = 1_001;

type SendBack = (text: string) => void;

/** One live call: a connection, a session and everything that happens between them until `end`. */
export class RealtimeCall {
  readonly log: CallLog;
  readonly events = new EventStream();
  readonly conversation = new Conversation();
  readonly remote: RemoteTools;
  readonly responses: Responses;
  readonly turns: VoiceTurns;
  readonly voice: VoiceOutput;
  /** The voice may not change once the agent has begun to speak. */
  hasSpoken = false;
  readonly #options: CallOptions;
  readonly #connection: Connection;
  readonly #idle: IdleClock;
  #silentSinceMs = 0;
  #isFrozen = false;
  #hadTurn = false;
  #endListeners = new Set<(farewell: Farewell) => void>();
  readonly #cancelExpiry: Cancel;

  constructor(options: CallOptions, connection: Connection) {
    this.#options = options;
    this.#connection = connection;
    const { clock, maxSeconds } = options;
    const session = { ...options.session, expires_at: Math.floor(clock.now() / 1000) + maxSeconds };
    this.#idle = new IdleClock(clock, () => this.#attempt(() => this.#onIdle()));
    this.log = new CallLog(options.id, session, options.safetyIdentifier, options.secret);
    const { emit } = this.events;
    const { playout } = connection;
    this.voice = playout ? new Playback(playout, emit) : new AudioDeltas(emit, options.pace);
    this.voice.onSilent = () => this.#onQuiet();
    this.remote = new RemoteTools(emit, this.conversation, options.mcpHosts);
    this.responses = new Responses({
      emit,
      clock,
      pace: options.pace,
      speech: options.media.speech,
      mind: options.mind,
      memory: options.memory,
      voice: this.voice,
      conversation: this.conversation,
      remote: this.remote,
      session: () => this.session,
      troubles: options.troubles,
      onQuiet: () => this.#onQuiet(),
    });
    this.turns = new VoiceTurns({
      emit,
      media: options.media,
      conversation: this.conversation,
      session: () => this.session,
      hints: () => this.#hints(),
      takeTranscriptionFault: options.troubles.transcription,
      attempt: (act) => this.#attempt(act),
      onSpeech: () => this.#onSpeech(),
      onPause: (said) => this.responses.prepareNext(said),
      onTurn: () => this.responses.answerTurn(),
    });
    this.events.listen((text, event) => {
      this.log.add('server', event, text.length);
      if (event.type === 'response.output_audio_transcript.delta') this.hasSpoken = true;
      if (event.type === 'response.done') this.#afterFirstTurn();
      if (event.type !== 'response.output_audio.delta' || !this.#isFrozen) connection.send(text);
    });
    this.#cancelExpiry = clock.after(maxSeconds * 1000, () => this.expire());
  }

  get id(): string {
    return this.log.id;
  }

  get session(): Session {
    return this.log.session;
  }

  get ended(): boolean {
    return this.log.endedAt !== null;
  }

  /** Calls `listener` when the call ends. Returns a function that removes it. */
  onEnd(listener: (farewell: Farewell) => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  /** ICE and DTLS are connected. Most clients request a greeting next. */
  connected(): void {
    this.log.connected = true;
    const { troubles, isContinued } = this.#options;
    const echo = troubles.echo();
    // A browser that has learned to cancel it still can: its microphone and its loudspeaker stay.
    const isLearned = isContinued && echo?.learnedMs !== undefined;
    if (echo && !isLearned) this.#connection.hearItself(echo);
    if (this.session.type === 'realtime') this.responses.prepareNext(null);
  }

  /** Once; what a call meets after its first turn only. */
  #afterFirstTurn(): void {
    if (this.#hadTurn) return;
    this.#hadTurn = true;
    if (this.#options.troubles.refusedChecks()) this.#connection.refuseChecks();
  }

  /** The client can receive events. A sideband that attaches later gets no `session.created`. */
  greet(): void {
    if (this.ended) return;
    const event = withId({ type: 'session.created', session: toWireSession(this.session) });
    const text = JSON.stringify(event);
    this.log.add('server', event, text.length);
    this.#connection.send(text);
    void this.remote.list(this.session.tools);
    // Once that event is on its way: to list all that the tools may mean takes milliseconds.
    if (this.session.type === 'realtime') setImmediate(() => this.responses.learnTools());
  }

  /** Whether this server plays the voice, and so knows what was heard. */
  get playsVoice(): boolean {
    return this.#connection.playout !== null;
  }

  /** One message of the client. */
  receive(text: string): void {
    this.obey('client', text, (reply) => this.#connection.send(reply));
  }

  /** One message of the client or of a sideband. Only its sender gets the error. */
  obey(from: 'client' | 'sideband', text: string, sendBack: SendBack): void {
    if (this.ended) return;
    let eventId: string | null = null;
    try {
      const raw = parseJsonObject(text);
      eventId = typeof raw.event_id === 'string' ? raw.event_id : null;
      this.log.add(from, { type: String(raw.type), ...hideEventCredentials(raw) }, text.length);
      answerClientEvent(this, parseClientEvent(raw));
    } catch (error) {
      const refused = toApiError(error);
      const event = withId(this.#errorEvent(refused.fields, eventId));
      const reply = JSON.stringify(event);
      this.log.add('server', event, reply.length);
      sendBack(reply);
    }
  }

  updateSession(session: Session): void {
    this.log.session = session;
    this.turns.configure();
    this.responses.learnTools();
    if (this.#idleTimeoutMs === null) this.#idle.stop();
    this.events.emit({ type: 'session.updated', session: toWireSession(session) });
    void this.remote.list(session.tools);
  }

  /** Stops the agent's voice and cuts its message to what was heard. */
  silence(): void {
    for (const { itemId, playedMs, queuedMs } of this.voice.clear()) {
      const entry = this.conversation.find(itemId);
      const heardWhole =
        playedMs >= queuedMs && entry?.item.type === 'message' && entry.item.status === 'completed';
      if (!entry || heardWhole) continue;
      if (truncateSpoken(entry, playedMs) === '') this.responses.unsay(itemId);
      this.events.emit({
        type: 'conversation.item.truncated',
        item_id: itemId,
        content_index: 0,
        audio_end_ms: playedMs,
      });
    }
  }

  /** The time limit of the session. */
  expire(): void {
    if (this.ended) return;
    const minutes = Math.round(this.#options.maxSeconds / 60);
    const message = `Your session hit the maximum duration of ${minutes} minutes.`;
    const fields = { type: 'invalid_request_error', code: 'session_expired', message, param: null };
    this.events.emit(this.#errorEvent(fields, null));
    const farewell = { code: EXPIRED_CODE, reason: message };
    setTimeout(() => this.end('session_expired', farewell), FAREWELL_MS);
  }

  /** Ends the call and everything in it, once. */
  end(reason: CloseReason, farewell = ENDED): void {
    if (this.ended) return;
    this.log.endedAt = new Date().toISOString();
    this.log.closeReason = reason;
    this.log.audioSecondsReceived = this.turns.heardMs / 1000;
    this.#cancelExpiry();
    this.#idle.stop();
    this.responses.abandon();
    this.voice.onSilent = () => {};
    this.turns.close();
    this.remote.close();
    this.#connection.close(farewell);
    this.#options.onEnded();
    for (const listener of this.#endListeners) listener(farewell);
  }

  dropChannel(): void {
    this.#connection.closeChannel();
  }

  freezeAudio(): void {
    this.#isFrozen = true;
    this.#connection.freezeAudio();
  }

  get #idleTimeoutMs(): number | null {
    const detection = this.session.audio.input.turn_detection;
    return detection?.type === 'server_vad' ? (detection.idle_timeout_ms ?? null) : null;
  }

  #hints(): string[] {
    const { instructions } = this.session;
    return this.#options.mind.vocabulary(
      { instructions, tools: selectTools({ session: this.session, params: {}, remote: this.remote }) },
      this.responses.memory,
    );
  }

  /** For what happens without a client event, so that no sender can get the error: the whole call does. */
  #attempt(act: () => void): void {
    if (this.ended) return;
    try {
      act();
    } catch (error) {
      this.events.emit(this.#errorEvent(toApiError(error).fields, null));
    }
  }

  /** OpenAI's type knows no error without an id of its own; some servers send one. */
  #errorEvent(fields: ErrorFields, causedBy: string | null): ServerEvent {
    const event: ServerEvent = { type: 'error', error: { ...fields, event_id: causedBy } };
    if (!this.#options.troubles.namelessError()) return event;
    return { event_id: null, ...event } as object as ServerEvent;
  }

  #onSpeech(): void {
    this.#idle.stop();
    if (!this.session.audio.input.turn_detection?.interrupt_response) return;
    this.responses.interrupt();
    this.silence();
  }

  /** The user and the agent are silent and no response is in progress: the idle clock may run. */
  #onQuiet(): void {
    if (this.ended || this.responses.busy || this.voice.busy || this.turns.speaking) return;
    this.#silentSinceMs = this.turns.heardMs;
    if (this.#idleTimeoutMs !== null) this.#idle.start(this.#idleTimeoutMs);
  }

  #onIdle(): void {
    const { emit } = this.events;
    const heard = { fromMs: this.#silentSinceMs, toMs: this.turns.heardMs };
    const { itemId } = commitIdleTurn(this.conversation, emit, heard);
    this.responses.answerTurn(true);
    const model = this.session.audio.input.transcription?.model;
    if (model) new Transcription(itemId, emit).complete('', model, 0, this.conversation);
  }
}
