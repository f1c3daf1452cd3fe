import { useOPUS as opusCodec, type RTCDataChannel, RTCPeerConnection } from 'werift';
import type { Pcm48k } from '../media.ts';
import { createSpeechCodec } from './opus.ts';
import { OutboundAudio } from './outbound-audio.ts';

export interface CallerOptions {
  /** Without it the caller only listens. */
  sendsAudio?: boolean;
  hasDataChannel?: boolean;
}

export interface ReceivedAudio {
  pcm: Pcm48k;
  timestamp: number;
  payloadType: number;
}

/** The browser's side of a call, played by this process: for the warm-up and for tests. */
export class LoopbackCaller {
  onMessage: (text: string) => void = () => {};
  onAudio: (audio: ReceivedAudio) => void = () => {};
  readonly channel: RTCDataChannel | null;
  readonly connection = new RTCPeerConnection({
    iceServers: [],
    iceUseIpv6: false,
    bundlePolicy: 'max-bundle',
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [opusCodec()], video: [] },
  });

  readonly #codec = createSpeechCodec();
  readonly #outbound = new OutboundAudio(this.#codec);

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

  async accept(answerSdp: string): Promise<void> {
    this.#outbound.payloadType = Number(/a=rtpmap:(\d+) opus/i.exec(answerSdp)?.[1] ?? 111);
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answerSdp });
  }

  /** Sends 20 ms; `null` is silence. */
  sendFrame(frame: Pcm48k | null): void {
    this.#outbound.send(frame);
  }

  skipFrames(frames: number): void {
    this.#outbound.skip(frames);
  }

  async close(): Promise<void> {
    this.#outbound.stop();
    this.#codec.free();
    await this.connection.close();
  }
}
