import type { Session } from './session.ts';

const MAX_EVENTS = 600;

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

/** What a test may ask of a call afterwards. Bounded: the oldest events go first. */
export class CallRecord {
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

  constructor(id: string, session: Session, safetyIdentifier: string | null, secret: string | null) {
    this.id = id;
    this.session = session;
    this.safetyIdentifier = safetyIdentifier;
    this.secret = secret;
  }

  log(from: LoggedEvent['from'], event: { type: string }): void {
    this.events.push({ at: new Date().toISOString(), from, type: event.type, event });
    if (this.events.length <= MAX_EVENTS) return;
    this.events.shift();
    this.droppedEvents += 1;
  }
}
