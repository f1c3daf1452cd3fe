import { isGuardrailFeedback } from '@/business/guardrails';
import { ownFailure } from '@/lib/client/api/call-failure';
import { within } from '@/lib/client/api/within';
import { connectFailure, createStepLimit } from '@/lib/client/connection/connect-steps';
import { watchLink } from '@/lib/client/connection/link-watch';
import type { SdkSession, SdkSessionOptions } from '@/lib/client/connection/sdk-session';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallBrowser, RealtimeModule } from '@/lib/client/page/browser';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import type { ConnectStep } from '@/lib/client/state/call-state';
import { readServerEvent } from '@/lib/client/state/read-server-event';
import type { SeedItem } from '@/lib/client/state/replay';
import type { CallTicket, Handoff } from '@/lib/shared/contract';

/** How long a closed call waits for the answer to an offer under way. */
const LATE_ANSWER_MS = 5_000;
/** How long a silenced call stays for the server to hang it up. */
const HANG_UP_MS = 2_000;

type ConnectionParts = Pick<SdkSessionOptions, 'runTool' | 'onApproval' | 'onGuardrail'>;

export interface ConnectionOptions extends ConnectionParts {
  browser: CallBrowser;
  realtime: RealtimeModule;
  ticket: CallTicket;
  /** The microphone, or silence. Stays the caller's. */
  stream: MediaStream;
  audio: HTMLAudioElement;
  inspect: InspectRecorder;
  dispatch: (event: CallEvent) => void;
  onServerEvent: (event: ServerEvent) => void;
  /** The agent's sound. */
  onAgentStream: (stream: MediaStream) => void;
  /** The provider answered: from here on the call exists and costs money. */
  onAnswered: (rtcCallId: string) => void;
  /** A call that was up is gone. Called at most once, and not after `close()`. */
  onLost: (cause: 'network' | 'server') => void;
}

/** One connection of a call: peer and data channel. A call that drops gets another one. */
export interface Connection extends Pick<SdkSession, 'send' | 'sendText' | 'requestResponse' | 'interrupt'> {
  /** @throws CallFailure, or the signal's reason when it was aborted. */
  connect(signal: AbortSignal): Promise<void>;
  /** Another microphone, without a new connection. */
  replaceTrack(track: MediaStreamTrack): void;
  /** Tells the provider what was said before. */
  seed(items: readonly SeedItem[]): void;
  handOff(handoff: Handoff): void;
  /** How this session finds the end of what the person says, as the server set it. */
  turnDetection(): unknown;
  /**
   * Silence at once. Resolves when nothing is left of the connection: an offer under way cannot be taken back, so
   * its answer is awaited a little, in order to know which call to hang up. `hungUp` settles when the server has hung
   * up: until then the connection stays, because only one that is still there can be seen to end. May be called twice.
   */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

/** Turn detection stands in the session that the server reports at the beginning. */
function readTurnDetection(raw: unknown): unknown {
  const { type, session } = raw as {
    type?: string;
    session?: { audio?: { input?: Record<string, unknown> } };
  };
  return type === 'session.created' ? session?.audio?.input?.turn_detection : undefined;
}

export function createConnection(options: ConnectionOptions): Connection {
  const { browser, realtime, ticket, inspect, dispatch } = options;
  const steps = createStepLimit();
  const closed = new AbortController();
  const whileOpen = { signal: closed.signal };
  /** Known to the record already: their return as items is no news. */
  const seeded = new Set<string>();
  let peer: RTCPeerConnection | null = null;
  let link: ReturnType<typeof watchLink> | null = null;
  let released: Promise<void> | null = null;
  let turnDetection: unknown;
  let isDialling = false;
  let settleDialled = () => {};
  const dialled = new Promise<void>((resolve) => {
    settleDialled = resolve;
  });
  const endDialling = () => {
    isDialling = false;
    settleDialled();
  };

  const enterStep = (step: ConnectStep) => {
    if (closed.signal.aborted) return;
    dispatch({ type: 'connect_step', step });
    steps.restart();
  };

  const onSignalingState = (connection: RTCPeerConnection) => {
    if (connection.signalingState === 'have-local-offer') {
      isDialling = true;
      inspect.passed('offer');
      enterStep('dialling');
    }
    if (connection.signalingState === 'stable') {
      const rtcCallId = call.rtcCallId();
      if (rtcCallId !== null) options.onAnswered(rtcCallId);
      endDialling();
      inspect.passed('answer');
      enterStep('joining');
    }
  };

  const isUnknown = (event: ServerEvent) =>
    event.type !== 'item_added' || !(seeded.has(event.itemId) || isGuardrailFeedback(event.text));

  const call = realtime.createSdkSession({
    ticket,
    stream: options.stream,
    audio: options.audio,
    runTool: options.runTool,
    onApproval: options.onApproval,
    onGuardrail: options.onGuardrail,
    onSent: inspect.sent,
    onServerEvent(raw) {
      if (closed.signal.aborted) return;
      link?.heard();
      inspect.received(raw);
      turnDetection = readTurnDetection(raw) ?? turnDetection;
      const event = readServerEvent(raw, browser.now());
      if (event !== null && isUnknown(event)) options.onServerEvent(event);
    },
    onPeer(connection) {
      peer = connection;
      connection.addEventListener(
        'track',
        ({ streams, track }) => options.onAgentStream(streams[0] ?? new MediaStream([track])),
        whileOpen,
      );
      connection.addEventListener('signalingstatechange', () => onSignalingState(connection));
      call.channel()?.addEventListener('open', () => inspect.passed('channel'), whileOpen);
    },
    onDisconnected: () => link?.lost(),
  });

  async function release(hungUp?: Promise<unknown>): Promise<void> {
    closed.abort();
    steps.stop();
    link?.stop();
    if (isDialling) await within(dialled, LATE_ANSWER_MS).catch(() => {});
    if (hungUp) await within(hungUp, HANG_UP_MS).catch(() => {});
    call.close();
  }
  const close = (hungUp?: Promise<unknown>) => {
    released ??= release(hungUp);
    return released;
  };

  /** A channel closes a moment before it is reported; the SDK throws on sending then. */
  const whenOpen = (act: () => void) => {
    if (call.channel()?.readyState === 'open') act();
  };
  const send: Connection['send'] = (event) => whenOpen(() => call.send(event));

  return {
    close,
    send,
    async connect(signal) {
      signal.addEventListener('abort', () => close(), { once: true });
      steps.restart();
      try {
        const connected = call.connect();
        connected.then(endDialling, endDialling);
        await Promise.race([connected, steps.expired]);
      } catch (error) {
        throw signal.aborted ? signal.reason : connectFailure(error);
      } finally {
        steps.stop();
      }
      signal.throwIfAborted();
      const channel = call.channel();
      // The SDK's connect() also resolves when it was closed on the way.
      if (peer === null || channel?.readyState !== 'open') throw ownFailure('network');
      inspect.passed('session');
      link = watchLink({
        browser,
        peer,
        channel,
        // The smallest update changes nothing, and is answered.
        ping: () => send({ type: 'session.update', session: { type: 'realtime' } }),
        onLink: (state) => dispatch({ type: 'link_changed', link: state }),
        onLost: options.onLost,
      });
    },
    replaceTrack(track) {
      const sender = peer?.getSenders()[0];
      // It fails only on a closed connection.
      void sender?.replaceTrack(track).catch(() => {});
    },
    seed(items) {
      for (const item of items) {
        if (item.id !== undefined) seeded.add(item.id);
        send({ type: 'conversation.item.create', item });
      }
    },
    handOff: (handoff) => whenOpen(() => call.handOff(handoff)),
    turnDetection: () => turnDetection,
    sendText: (text) => whenOpen(() => call.sendText(text)),
    requestResponse: () => whenOpen(() => call.requestResponse()),
    interrupt: () => whenOpen(() => call.interrupt()),
  };
}
