import { useOPUS as opusCodec, type RTCDataChannel, RTCPeerConnection } from 'werift';
import type { Pcm48k } from '../interfaces.ts';
import { createSpeechCodec } from './opus.ts';
import { OutboundAudio } from './outbound-audio.ts';
import { type Pacer, startPacer } from './pacer.ts';
import { PlayoutQueue } from './playout-queue.ts';

export interface CallerOptions {
  /** Without it, the caller only listens. */
  sendsAudio?: boolean;
  hasDataChannel?: boolean;
}

export interface ReceivedAudio {
  pcm: Pcm48k;
  timestamp: number;
  payloadType: number;
}

/** The browser's side of a call, in this process: for the warm-up and for tests. */
export class LoopbackCaller {
  onMessage: (text: string) => void = () => {};
  onAudio: (audio: ReceivedAudio) => void = () => {};
  /** Frames queued here are sent as speech; otherwise the microphone sends silence. */
  readonly microphone = new PlayoutQueue();
  readonly channel: RTCDataChannel | null;
  readonly connection = new RTCPeerConnection({
    iceServers: [],
    iceUseIpv6: false,
    maxMessageSize: 256 * 1024,
    // With a second transport, werift leaves its sockets open after the call.
    bundlePolicy: 'max-bundle',
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [opusCodec()], video: [] },
  });

  readonly #codec = createSpeechCodec();
  readonly #outbound = new OutboundAudio(this.#codec);
  #pacer: Pacer | null = null;

  constructor({ sendsAudio = true, hasDataChannel = true }: CallerOptions = {}) {
    this.channel = hasDataChannel ? this.connection.createDataChannel('oai-events') : null;
    this.channel?.onMessage.subscribe((message) => this.onMessage(message.toString()));
    if (sendsAudio) this.connection.addTransceiver(this.#outbound.track, { direction: 'sendrecv' });
    else this.connection.addTransceiver('audio', { direction: 'recvonly' });
    this.connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(({ header, payload }) => {
        const pcm = this.#codec.decode(payload);
        if (pcm) this.onAudio({ pcm, timestamp: header.timestamp, payloadType: header.payloadType });
      });
    });
  }

  async offer(): Promise<string> {
    await this.connection.setLocalDescription(await this.connection.createOffer());
    return this.connection.localDescription?.sdp ?? '';
  }

  /** Connects, then sends what the microphone holds. */
  async accept(answerSdp: string): Promise<void> {
    this.#outbound.payloadType = Number(/a=rtpmap:(\d+) opus/i.exec(answerSdp)?.[1] ?? 111);
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answerSdp });
    this.#pacer = startPacer(() => this.microphone.sendNext((frame) => this.#outbound.send(frame)));
  }

  async close(): Promise<void> {
    this.#pacer?.stop();
    this.#outbound.stop();
    this.#codec.free();
    await this.connection.close();
  }
}
