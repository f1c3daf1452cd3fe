import type { RealtimeClientMessage } from '@openai/agents-realtime';
import { CallFailure, ownFailure } from '@/lib/client/api/call-failure';
import { withDeadline } from '@/lib/client/api/with-deadline';
import { offerThrough, watchWay } from '@/lib/client/connection/ice';
import { watchLink } from '@/lib/client/connection/lost/link-watch';
import { type PreparedPeer, preparePeer } from '@/lib/client/connection/prepared-peer';
import {
  createSdkSession,
  isGuardrailFeedback,
  type SdkSession,
  type SdkSessionOptions,
} from '@/lib/client/connection/sdk-session';
import { createSdpExchange } from '@/lib/client/connection/sdp-exchange';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallBrowser } from '@/lib/client/page/browser';
import { asFields } from '@/lib/client/state/as-fields';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import { readServerEvent } from '@/lib/client/state/read-server-event';
import type { SeedItem } from '@/lib/client/state/replay';
import type { Handoff } from '@/lib/shared/contract';
import type { RtcCallId } from '@/lib/shared/ids';

/** The answer to our offer, and after it an open channel, may take this long each. */
const STEP_LIMIT_MS = 10_000;
/** The handshake after an answer needs the network and the server's attention more than the report of it does. */
const REPORT_LIMIT_MS = 1_000;
/** How long a closed call waits for the answer to an offer under way. */
const LATE_ANSWER_MS = 5_000;
/** How long a silenced call stays for the server to hang it up. */
const HANG_UP_MS = 2_000;

// In the same chunk: see load-sdk.ts.
export { preparePeer };

type SdkParts = Pick<SdkSessionOptions, 'ticket' | 'runTool' | 'onApproval' | 'onGuardrail'>;

export interface ConnectionOptions extends SdkParts {
  browser: CallBrowser;
  /** Used by this connection alone, which closes it. */
  peer: PreparedPeer;
  inspect: InspectRecorder;
  dispatch: (event: CallEvent) => void;
  onServerEvent: (event: ServerEvent) => void;
  onAgentStream: (stream: MediaStream) => void;
  /** The provider answered: the call exists and costs money. Called when it is up or gone, at most a second later. */
  onAnswered: (rtcCallId: RtcCallId) => void;
  /** A call that was up is gone. Called at most once, and not after `close()`. */
  onLost: (cause: 'network' | 'server') => void;
}

/**
 * One connection of a call: peer and data channel. When it drops, the call gets a new one. Tested with the real SDK in
 * `call/*.test.ts` and `lost/reconnect.test.ts`.
 */
export interface Connection {
  /** Throws `CallFailure`, or the signal's reason when it was aborted. */
  connect(signal: AbortSignal): Promise<void>;
  sendText(text: string): void;
  /** Lets the agent speak without having been spoken to. */
  requestResponse(): void;
  /** Stops what the agent is saying. */
  interrupt(): void;
  /** Sends any other event of the protocol. */
  send(event: RealtimeClientMessage): void;
  /** Sends another microphone, without a new connection. */
  replaceTrack(track: MediaStreamTrack): void;
  /** Sends the provider what was said before. */
  seed(items: readonly SeedItem[]): void;
  handOff(handoff: Handoff): void;
  /** Returns how this session detects the end of the user's speech, as the server set it. */
  turnDetection(): unknown;
  /**
   * Silence at once. Resolves when nothing is left of the connection: an offer under way cannot be taken back, so its
   * answer is awaited for 5 s, to learn which call to hang up. `hungUp` settles when the server has hung up; until
   * then, for at most 2 s, the connection stays, because only one that is still there can be seen to end. May be
   * called twice.
   */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

/** Reads turn detection from the session that the server reports first; `undefined` from any other event. */
function readTurnDetection(raw: unknown): unknown {
  const { type, session } = asFields(raw);
  const { input } = asFields(asFields(session).audio);
  return type === 'session.created' ? asFields(input).turn_detection : undefined;
}

/** Turns raw events into ours, without those that this page caused itself. */
function createEventReader({ browser, inspect, onServerEvent }: ConnectionOptions) {
  /** Ids of items this page sent itself. Their echo is ignored. */
  const seededIds = new Set<string>();
  let turnDetection: unknown;
  const isEcho = (event: ServerEvent) =>
    event.type === 'item_added' && (seededIds.has(event.itemId) || isGuardrailFeedback(event.text));
  return {
    seededIds,
    turnDetection: () => turnDetection,
    read(raw: unknown): void {
      inspect.received(raw);
      turnDetection = readTurnDetection(raw) ?? turnDetection;
      const event = readServerEvent(raw, browser.now());
      if (event !== null && !isEcho(event)) onServerEvent(event);
    },
  };
}

/** What goes to the provider. A channel closes a moment before it is reported, and the SDK throws on sending then. */
function createSender(sdk: SdkSession, { transport }: PreparedPeer, seededIds: Set<string>) {
  const { session, handOff } = sdk;
  const whenOpen = (act: () => void) => {
    if (transport.connectionState.dataChannel?.readyState === 'open') act();
  };
  const send: Connection['send'] = (event) => whenOpen(() => transport.sendEvent(event));
  return {
    send,
    seed(items) {
      for (const item of items) {
        if (item.id !== undefined) seededIds.add(item.id);
        send({ type: 'conversation.item.create', item });
      }
    },
    replaceTrack: (track) => transport.replaceTrack(track),
    handOff: (handoff) => whenOpen(() => handOff(handoff)),
    sendText: (text) => whenOpen(() => session.sendMessage(text)),
    requestResponse: () => whenOpen(() => transport.requestResponse()),
    interrupt: () => whenOpen(() => session.interrupt()),
  } satisfies Partial<Connection>;
}

export function createConnection(options: ConnectionOptions): Connection {
  const { browser, inspect, dispatch } = options;
  const { transport } = options.peer;
  const closed = new AbortController();
  const events = createEventReader(options);
  let settleHandshake = () => {};
  const handshake = new Promise<void>((resolve) => {
    settleHandshake = resolve;
    closed.signal.addEventListener('abort', () => resolve());
  });
  const onAnswered = (rtcCallId: RtcCallId) =>
    withDeadline(handshake, REPORT_LIMIT_MS)
      .catch(() => {})
      .then(() => options.onAnswered(rtcCallId));
  const sdp = createSdpExchange({ ...options, onAnswered }, closed.signal);
  let link: ReturnType<typeof watchLink> | null = null;
  let released: Promise<void> | null = null;
  let hasWay = () => false;

  const sdk = createSdkSession({
    ...options,
    transport,
    onServerEvent(raw) {
      if (closed.signal.aborted) return;
      link?.heard();
      events.read(raw);
    },
    onBrokenCall: (toolCallId, reply) =>
      dispatch({ type: 'tool_finished', toolCallId, reply, atMs: browser.now() }),
    onDisconnected: () => link?.lost(),
  });
  const sender = createSender(sdk, options.peer, events.seededIds);
  options.peer.use({
    exchangeSdp(peer, offerSdp) {
      const whileOpen = { signal: closed.signal };
      const onTrack = ({ streams, track }: RTCTrackEvent) =>
        options.onAgentStream(streams[0] ?? new MediaStream([track]));
      peer.addEventListener('track', onTrack, whileOpen);
      const channel = transport.connectionState.dataChannel;
      channel?.addEventListener('open', () => inspect.passed('channel'), whileOpen);
      hasWay = watchWay(peer, closed.signal);
      return offerThrough(options.ticket, peer, offerSdp).then((sdpOut) => sdp.run(peer, sdpOut));
    },
    onSent: inspect.sent,
  });

  async function open(): Promise<void> {
    // The key is the transport's own affair.
    const connected = sdk.session.connect({ apiKey: '' });
    await withDeadline(Promise.race([sdp.answered, connected]), STEP_LIMIT_MS);
    await withDeadline(connected, STEP_LIMIT_MS).catch((error: unknown) => {
      const isKnown = error instanceof CallFailure && error.refusal.code !== 'timeout';
      throw isKnown || hasWay() || closed.signal.aborted ? error : ownFailure('no_way_through');
    });
  }

  async function release(hungUp: Promise<unknown>): Promise<void> {
    closed.abort();
    link?.stop();
    await withDeadline(sdp.settled(), LATE_ANSWER_MS).catch(() => {});
    await withDeadline(hungUp, HANG_UP_MS).catch(() => {});
    sdk.session.close();
  }
  const close = (hungUp: Promise<unknown> = Promise.resolve()) => {
    released ??= release(hungUp);
    return released;
  };

  return {
    ...sender,
    turnDetection: events.turnDetection,
    close,
    async connect(signal) {
      signal.addEventListener('abort', () => close(), { once: true });
      await open()
        .catch((error: unknown) => {
          if (signal.aborted) throw signal.reason;
          throw error instanceof CallFailure ? error : ownFailure('network');
        })
        .finally(settleHandshake);
      signal.throwIfAborted();
      const { peerConnection: peer, dataChannel: channel } = transport.connectionState;
      // The SDK's connect() also resolves when the session was closed on the way.
      if (peer === undefined || channel?.readyState !== 'open') throw ownFailure('network');
      inspect.passed('session');
      // The smallest update changes nothing, and the server replies to it.
      const ping = () => sender.send({ type: 'session.update', session: { type: 'realtime' } });
      const onLink = (state: 'good' | 'weak') => dispatch({ type: 'link_changed', link: state });
      transport.leaveOpen();
      link = watchLink({ browser, peer, channel, ping, onLink, onLost: options.onLost });
    },
  };
}
