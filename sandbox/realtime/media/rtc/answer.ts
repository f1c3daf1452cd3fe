import { setImmediate } from 'node:timers/promises';
import { useOPUS as opusCodec, type RTCDataChannel, RTCPeerConnection } from 'werift';
import type { EchoPath, OfferProblem, Peer, PeerCloseReason, PeerHandlers } from '../interfaces.ts';
import { type CheckedOffer, checkOffer } from './check-offer.ts';
import { cureRecordNumbers } from './cure-record-numbers.ts';
import { Echo } from './echo.ts';
import { InboundAudio } from './inbound-audio.ts';
import { keepEarlyHandshake } from './keep-early-handshake.ts';
import { DEFAULT_LIMITS, type LivenessLimits, watchLiveness } from './liveness.ts';
import { createSpeechCodec } from './opus.ts';
import { OutboundAudio } from './outbound-audio.ts';
import { startPacer } from './pacer.ts';
import { PlayoutQueue } from './playout-queue.ts';

export interface AnswerOptions {
  limits?: LivenessLimits;
  /** `false`: 127.0.0.1 is not offered, since the callers are on other machines, and it means their own there. */
  loopback?: boolean;
}

/**
 * Answers one WebRTC offer. The answer carries all candidates (no trickle): the addresses of this machine's
 * networks and, unless told otherwise, 127.0.0.1, so that it works without a network too.
 */
export async function answer(
  offerSdp: string,
  handlers: PeerHandlers,
  options: AnswerOptions = {},
): Promise<{ ok: true; peer: Peer } | OfferProblem> {
  const offer = checkOffer(offerSdp);
  if (!offer.ok) return offer;
  const peer = new WeriftPeer(offer, handlers, options);
  try {
    await peer.negotiate(offerSdp);
    return { ok: true, peer };
  } catch {
    peer.abandon();
    return { ok: false, message: 'The SDP offer could not be understood.' };
  }
}

class WeriftPeer implements Peer {
  answerSdp = '';
  readonly hasDataChannel: boolean;
  readonly playout = new PlayoutQueue();

  readonly #handlers: PeerHandlers;
  readonly #codec = createSpeechCodec();
  readonly #outbound = new OutboundAudio(this.#codec);
  readonly #inbound: InboundAudio;
  readonly #liveness;
  readonly #connection: RTCPeerConnection;
  readonly #pacer;
  #channel: RTCDataChannel | null = null;
  #echo: Echo | null = null;
  #isFrozen = false;
  #refusesChecks = false;
  #isClosed = false;

  constructor(
    offer: CheckedOffer,
    handlers: PeerHandlers,
    { limits = DEFAULT_LIMITS, loopback = true }: AnswerOptions,
  ) {
    this.hasDataChannel = offer.hasDataChannel;
    this.#handlers = handlers;
    this.#inbound = new InboundAudio(this.#codec, (pcm) =>
      handlers.onAudio(this.#echo?.pickedUp(pcm) ?? pcm),
    );
    this.#liveness = watchLiveness(limits, (reason) => this.#close(reason));
    this.#connection = new RTCPeerConnection({
      iceServers: [],
      iceUseIpv6: false,
      iceAdditionalHostAddresses: loopback ? ['127.0.0.1'] : [],
      codecs: { audio: [opusCodec()], video: [] },
      maxMessageSize: 1024 * 1024,
      iceFilterStunResponse: ({ attributesKeys }) => {
        this.#liveness.sawPacket();
        return !this.#refusesChecks || attributesKeys.includes('USE-CANDIDATE');
      },
    });
    this.#listen();
    this.#pacer = startPacer((skippedFrames) => this.#sendFrame(skippedFrames));
  }

  async negotiate(offerSdp: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: withoutHiddenAddresses(offerSdp) });
    const transceiver = this.#connection.getTransceivers().find(({ kind }) => kind === 'audio');
    if (!transceiver) throw new Error('The offer has no audio.');
    transceiver.setDirection('sendrecv');
    await transceiver.sender.replaceTrack(this.#outbound.track);
    // As a DTLS client, werift waits 100 ms before its first flight; as a server it replies at once.
    for (const transport of this.#connection.dtlsTransports) transport.role = 'server';
    keepEarlyHandshake(this.#connection);
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    this.#outbound.payloadType = transceiver.codecs[0]?.payloadType ?? this.#outbound.payloadType;
    this.answerSdp = networksFirst(this.#connection.localDescription?.sdp ?? '');
  }

  send(text: string): void {
    if (this.#channel?.readyState !== 'open') return;
    try {
      this.#channel.send(text);
    } catch {
      // Longer than the browser accepts: lost, like anything sent to a closed channel.
    }
  }

  closeChannel(): void {
    this.#channel?.close();
  }

  freezeAudio(): void {
    this.#isFrozen = true;
  }

  refuseChecks(): void {
    this.#refusesChecks = true;
  }

  hearItself(path: EchoPath): void {
    this.#echo = new Echo(path);
  }

  close(): void {
    this.#close('local');
  }

  /** Frees everything without calling the handlers: the call never began. */
  abandon(): void {
    this.#isClosed = true;
    this.#release();
  }

  #listen(): void {
    this.#connection.connectionStateChange.subscribe((state) => {
      if (state === 'connected') {
        cureRecordNumbers(this.#connection);
        this.#noticeHangUp();
        this.#liveness.connected();
        if (!this.#isClosed) this.#handlers.onConnected();
      }
      if (state === 'failed') this.#close('failed');
      if (state === 'closed') this.#close('remote');
    });
    this.#connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(({ header, payload }) => {
        if (this.#isClosed) return;
        this.#liveness.sawAudio();
        const { sequenceNumber, timestamp } = header;
        this.#inbound.receive({ sequenceNumber, timestamp, payload }, performance.now());
      });
      track.onReceiveRtcp.subscribe(() => this.#liveness.sawPacket());
    });
    this.#connection.onDataChannel.subscribe((channel) => this.#adopt(channel));
  }

  /** A page that closes its connection, or is closed, sends a DTLS alert. */
  #noticeHangUp(): void {
    for (const transport of this.#connection.dtlsTransports) {
      transport.onStateChange.subscribe((state) => state === 'closed' && this.#close('remote'));
    }
  }

  #adopt(channel: RTCDataChannel): void {
    if (this.#channel) return;
    this.#channel = channel;
    channel.onMessage.subscribe((message) => {
      if (this.#isClosed) return;
      this.#liveness.sawPacket();
      this.#handlers.onMessage(typeof message === 'string' ? message : message.toString('utf8'));
    });
    const opened = () => {
      if (!this.#isClosed) this.#handlers.onChannelOpen();
    };
    if (channel.readyState === 'open') opened();
    else channel.stateChanged.subscribe((state) => state === 'open' && opened());
  }

  #sendFrame(skippedFrames: number): void {
    if (this.#connection.connectionState !== 'connected') return;
    this.#inbound.keepTime(performance.now());
    this.#outbound.skip(skippedFrames);
    this.playout.sendNext((frame) => {
      this.#echo?.played(frame);
      if (!this.#isFrozen) this.#outbound.send(frame);
    });
  }

  #close(reason: PeerCloseReason): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#release();
    this.#handlers.onClosed(reason);
  }

  #release(): void {
    this.#pacer.stop();
    this.#liveness.stop();
    this.#outbound.stop();
    this.#codec.free();
    // The abort closes the browser's data channel at once; werift itself closes its sockets silently.
    const goodbye = this.#connection.sctpTransport?.stop() ?? Promise.resolve();
    // A datagram leaves on the next tick at the earliest, and a socket that was closed before then drops it.
    // Sockets close in the background; a failure concerns nothing any more.
    goodbye
      .then(() => setImmediate())
      .finally(() => this.#connection.close())
      .catch(() => {});
  }
}

/** A step of local preference, the second byte of a priority. */
const PRIORITY_STEP = 256;

/**
 * Puts 127.0.0.1 behind the addresses of networks. Each address must have a priority of its own (RFC 8445, 5.1.2.1), which
 * werift does not give; a browser begins with the best, and of equal ones with the first. From its socket on a network it
 * reaches 127.0.0.1 only at the second check, 50 ms later.
 */
function networksFirst(sdp: string): string {
  return sdp
    .replace(
      /^(a=candidate:\S+ \d udp )(\d+)( 127\.0\.0\.1 )/gm,
      (_, before: string, priority: string, after: string) =>
        `${before}${Number(priority) - PRIORITY_STEP}${after}`,
    )
    .replace(/^(a=candidate:.* 127\.0\.0\.1 .*\r\n)((?:a=candidate:.*\r\n)+)/gm, '$2$1');
}

/**
 * Browsers hide their addresses behind `.local` names, which a multicast query would resolve. The sandbox
 * needs none: the browser's own checks arrive and reveal its address.
 */
function withoutHiddenAddresses(sdp: string): string {
  return sdp.replace(/^a=candidate:.*\.local .*(\r\n|\n|$)/gm, '');
}
