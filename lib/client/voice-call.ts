import type { CallBrowser, RealtimeModule } from '@/lib/client/call-browser';
import { ownFailure } from '@/lib/client/call-failure';
import type { CallSound } from '@/lib/client/call-sound';
import { connectFailure, createStepLimit } from '@/lib/client/connect-steps';
import { watchLink } from '@/lib/client/link-watch';
import { stopStream } from '@/lib/client/microphone';
import type { ApprovalAsk, RealtimeConnectionOptions } from '@/lib/client/realtime-connection';
import { within } from '@/lib/client/within';
import type { CallEvent, ServerEvent } from '@/lib/shared/call-event';
import type { ConnectStep } from '@/lib/shared/call-state';
import type { CallTicket } from '@/lib/shared/contract';
import { readServerEvent } from '@/lib/shared/realtime-events';

/** How long a closed call waits for the answer to an offer under way. */
const LATE_ANSWER_MS = 5_000;
/** How long a silenced call stays for the server to hang it up. */
const HANG_UP_MS = 2_000;

interface VoiceCallOptions {
  browser: CallBrowser;
  realtime: RealtimeModule;
  ticket: CallTicket;
  /** The microphone, or silence. Belongs to the call from here on. */
  stream: MediaStream;
  sound: CallSound;
  runTool: RealtimeConnectionOptions['runTool'];
  dispatch: (event: CallEvent) => void;
  onServerEvent: (event: ServerEvent) => void;
  onApproval: (ask: ApprovalAsk) => void;
  /** The provider answered: from here on the call exists and costs money. */
  onAnswered: (rtcCallId: string) => void;
  /** A call that was up is gone. Called at most once, and not after `close()`. */
  onLost: (cause: 'network' | 'server') => void;
}

/** The one connection of a call: peer, data channel, microphone, loudspeaker. */
export interface VoiceCall {
  /** @throws CallFailure, or the signal's reason when it was aborted. */
  connect(signal: AbortSignal): Promise<void>;
  setMuted(muted: boolean): void;
  sendText(text: string): void;
  requestResponse(): void;
  interrupt(): void;
  /** Call it from a gesture of the person. */
  playAudio(): void;
  /**
   * Silence at once. Resolves when nothing is left of the call: an offer under way cannot be taken back, so
   * its answer is awaited a little, in order to know which call to hang up. `hungUp` settles when the server has hung
   * up: until then the connection stays, because only one that is still there can be seen to end. May be called twice.
   */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

export function createVoiceCall(options: VoiceCallOptions): VoiceCall {
  const { browser, realtime, ticket, stream, sound, dispatch } = options;
  const audio = browser.createAudioElement();
  const steps = createStepLimit();
  const closed = new AbortController();
  const whileOpen = { signal: closed.signal };
  let peer: RTCPeerConnection | null = null;
  let link: ReturnType<typeof watchLink> | null = null;
  let released: Promise<void> | null = null;
  let isDialling = false;
  let settleDialled = () => {};
  const dialled = new Promise<void>((resolve) => {
    settleDialled = resolve;
  });
  const endDialling = () => {
    isDialling = false;
    settleDialled();
  };

  const playAudio = () => {
    sound.resume();
    audio.play().then(
      () => dispatch({ type: 'playback_blocked', blocked: false }),
      (error: unknown) => {
        const isBlocked = error instanceof Error && error.name === 'NotAllowedError';
        if (isBlocked) dispatch({ type: 'playback_blocked', blocked: true });
      },
    );
  };

  const onTrack = ({ streams, track }: RTCTrackEvent) => {
    const remote = streams[0] ?? new MediaStream([track]);
    audio.srcObject = remote;
    sound.meterAgent(remote);
    playAudio();
  };

  const enterStep = (step: ConnectStep) => {
    if (closed.signal.aborted) return;
    dispatch({ type: 'connect_step', step });
    steps.restart();
  };

  const onSignalingState = (connection: RTCPeerConnection) => {
    if (connection.signalingState === 'have-local-offer') {
      isDialling = true;
      enterStep('dialling');
    }
    if (connection.signalingState === 'stable') {
      const rtcCallId = call.rtcCallId();
      if (rtcCallId !== null) options.onAnswered(rtcCallId);
      endDialling();
      enterStep('joining');
    }
  };

  const call = realtime.createRealtimeConnection({
    ticket,
    stream,
    audio,
    runTool: options.runTool,
    onApproval: options.onApproval,
    onServerEvent(raw) {
      if (closed.signal.aborted) return;
      const event = readServerEvent(raw, browser.now());
      if (event !== null) options.onServerEvent(event);
    },
    onPeer(connection) {
      peer = connection;
      connection.addEventListener('track', onTrack, whileOpen);
      connection.addEventListener('signalingstatechange', () => onSignalingState(connection));
    },
    onDisconnected: () => link?.lost(),
  });

  const watchMicrophone = () => {
    for (const track of stream.getAudioTracks()) {
      track.addEventListener('ended', () => dispatch({ type: 'microphone_lost' }), whileOpen);
    }
  };

  async function release(hungUp?: Promise<unknown>): Promise<void> {
    closed.abort();
    steps.stop();
    link?.stop();
    stopStream(stream);
    audio.pause();
    audio.srcObject = null;
    sound.close();
    if (isDialling) await within(dialled, LATE_ANSWER_MS).catch(() => {});
    if (hungUp) await within(hungUp, HANG_UP_MS).catch(() => {});
    call.close();
  }
  const close = (hungUp?: Promise<unknown>) => {
    released ??= release(hungUp);
    return released;
  };

  /** A channel closes a moment before it is reported; the SDK throws on sending then. */
  const isOpen = () => call.channel()?.readyState === 'open';

  return {
    close,
    playAudio,
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
      watchMicrophone();
      link = watchLink({
        browser,
        peer,
        channel,
        onLink: (state) => dispatch({ type: 'link_changed', link: state }),
        onLost: options.onLost,
      });
    },
    setMuted(muted) {
      sound.resume();
      for (const track of stream.getAudioTracks()) track.enabled = !muted;
    },
    sendText(text) {
      sound.resume();
      if (isOpen()) call.sendText(text);
    },
    requestResponse() {
      if (isOpen()) call.requestResponse();
    },
    interrupt() {
      if (isOpen()) call.interrupt();
    },
  };
}
