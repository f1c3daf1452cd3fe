import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import type { Connection, PeerHandlers } from '../media/interfaces.ts';
import type { Mind } from '../mind/interfaces.ts';
import { startMemory } from '../mind/memory.ts';
import { RealtimeCall } from '../protocol/call.ts';
import { Clock } from '../protocol/clock.ts';
import { newCallIds } from '../protocol/events/ids.ts';
import type { RealtimePolicy, SessionPolicy } from '../protocol/policy/policy.ts';
import { createSession } from '../protocol/policy/session.ts';
import { NO_PAUSES } from '../protocol/responses/pace.ts';
import { NO_TROUBLES, type Troubles } from '../protocol/troubles.ts';
import { assertAsRecorded } from './recorded-content.ts';
import { ScriptedMedia } from './scripted-media.ts';
import { ScriptedMind } from './scripted-mind.ts';
import { ScriptedPeer } from './scripted-peer.ts';
import { assertReadableBySdk } from './sdk-schema.ts';

type Type = RealtimeServerEvent['type'];
type EventOf<T extends Type> = Extract<RealtimeServerEvent, { type: T }>;
type Audio = NonNullable<RealtimePolicy['audio']>['input'];

interface HarnessOptions {
  policy?: Omit<RealtimePolicy, 'type'>;
  /** The policy of a session that only transcribes. */
  transcribing?: Omit<Extract<SessionPolicy, { type: 'transcription' }>, 'type'>;
  /** A WebSocket instead of a WebRTC peer: audio inside the events, and nobody plays it. */
  overSocket?: boolean;
  /** One that thinks, instead of the scripted one. */
  mind?: Mind;
  maxSeconds?: number;
  responseFault?: { code: string; message: string };
  transcriptionFails?: boolean;
  troubles?: Partial<Troubles>;
}

/** The policy of most tests: voice activity detection and a floating transcript. */
export const listening = (input: Audio = {}): Omit<RealtimePolicy, 'type'> => ({
  audio: { input: { transcription: { model: 'gpt-realtime-whisper' }, ...input } },
});

/** A call with a scripted browser, microphone and mind. Every event it emits must be readable by the official SDK. */
export class CallHarness {
  readonly clock = new Clock();
  readonly media = new ScriptedMedia();
  readonly mind = new ScriptedMind();
  readonly peer: ScriptedPeer;
  readonly call: RealtimeCall;
  readonly events: RealtimeServerEvent[] = [];
  #waiting: (() => void)[] = [];
  #read = 0;

  constructor(options: HarnessOptions = {}) {
    this.peer = new ScriptedPeer(silentHandlers());
    this.peer.onSent = (text) => this.#received(text);
    const faults = options.responseFault ? [options.responseFault] : [];
    const { callId, sessionId } = newCallIds();
    this.call = new RealtimeCall(
      {
        id: callId,
        session: createSession(
          options.transcribing
            ? { type: 'transcription', ...options.transcribing }
            : { type: 'realtime', ...options.policy },
          sessionId,
        ),
        safetyIdentifier: null,
        secret: null,
        isContinued: false,
        media: this.media,
        mind: options.mind ?? this.mind,
        memory: startMemory(),
        pace: NO_PAUSES,
        maxSeconds: options.maxSeconds ?? 3_600,
        mcpHosts: [],
        clock: this.clock,
        troubles: {
          ...NO_TROUBLES,
          response: () => faults.shift() ?? null,
          transcription: () => options.transcriptionFails === true,
          ...options.troubles,
        },
        onEnded: () => {},
      },
      options.overSocket ? this.#socket() : this.peer,
    );
  }

  get speechInput() {
    const input = this.media.speechInputs[0];
    if (!input) throw new Error('The call has no speech input.');
    return input;
  }

  get playout() {
    return this.peer.playout;
  }

  send(event: { type: string; [key: string]: unknown }): void {
    this.call.receive(JSON.stringify(event));
  }

  /** The next event of this type that no earlier `next` has passed. */
  async next<T extends Type>(type: T): Promise<EventOf<T>> {
    for (;;) {
      while (this.#read < this.events.length) {
        const event = this.events[this.#read++];
        if (event?.type === type) return event as EventOf<T>;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  all<T extends Type>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** The types in order, repeated ones shown once with `*`, from the given index on. */
  order(from = 0): string[] {
    const order: string[] = [];
    for (const { type } of this.events.slice(from)) {
      const last = order.at(-1);
      if (last === type || last === `${type}*`) order[order.length - 1] = `${type}*`;
      else order.push(type);
    }
    return order;
  }

  /** A typed message and the request to answer it. */
  type(text: string): void {
    const content = [{ type: 'input_text', text }];
    this.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    this.send({ type: 'response.create' });
  }

  end(): void {
    this.call.end('hangup');
  }

  #socket(): Connection {
    return {
      playout: null,
      send: (text) => this.#received(text),
      closeChannel: () => {},
      freezeAudio: () => {},
      refuseChecks: () => {},
      hearItself: () => {},
      close: () => {},
    };
  }

  #received(text: string): void {
    const event = JSON.parse(text) as RealtimeServerEvent;
    assertReadableBySdk(event);
    assertAsRecorded(event);
    this.events.push(event);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

const silentHandlers = (): PeerHandlers => ({
  onChannelOpen: () => {},
  onMessage: () => {},
  onAudio: () => {},
  onConnected: () => {},
  onClosed: () => {},
});
