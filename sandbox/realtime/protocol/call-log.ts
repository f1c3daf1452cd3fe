import type { Session } from './policy/session.ts';

const MAX_EVENTS = 600;
/** For each call: a page that sends audio or large sessions through the channel must not fill the memory. */
const MAX_BYTES = 2 * 1024 * 1024;

/** They hold nothing but audio, up to fifty times a second: `audioSecondsReceived` counts what came in. */
const AUDIO_TYPES = new Set(['input_audio_buffer.append', 'response.output_audio.delta']);

export interface LoggedEvent {
  at: string;
  from: 'client' | 'sideband' | 'server';
  type: string;
  event: unknown;
}

export type CloseReason =
  | 'hangup'
  | 'session_expired'
  | 'shutdown'
  | 'fault'
  | 'peer_remote'
  | 'peer_silent'
  | 'peer_failed'
  | 'peer_local';

/** What tests read about a call afterwards. Bounded: the oldest events are dropped first. */
export class CallLog {
  readonly id: string;
  readonly startedAt = new Date().toISOString();
  readonly safetyIdentifier: string | null;
  readonly secret: string | null;
  session: Session;
  connected = false;
  endedAt: string | null = null;
  closeReason: CloseReason | null = null;
  audioSecondsReceived = 0;
  droppedEvents = 0;
  readonly events: LoggedEvent[] = [];
  readonly #sizes: number[] = [];
  #bytes = 0;

  constructor(id: string, session: Session, safetyIdentifier: string | null, secret: string | null) {
    this.id = id;
    this.session = session;
    this.safetyIdentifier = safetyIdentifier;
    this.secret = secret;
  }

  /** `bytes`: size of the event on the wire. */
  add(from: LoggedEvent['from'], event: { type: string }, bytes: number): void {
    if (AUDIO_TYPES.has(event.type)) return;
    this.events.push({ at: new Date().toISOString(), from, type: event.type, event });
    this.#sizes.push(bytes);
    this.#bytes += bytes;
    while (this.events.length > MAX_EVENTS || this.#bytes > MAX_BYTES) {
      this.events.shift();
      this.#bytes -= this.#sizes.shift() ?? 0;
      this.droppedEvents += 1;
    }
  }
}
