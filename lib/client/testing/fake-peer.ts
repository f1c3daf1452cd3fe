import { FakeStream, type FakeTrack } from '@/lib/client/testing/fake-media';

export type WireEvent = { type: string } & Record<string, unknown>;

export class FakeChannel extends EventTarget {
  readyState: RTCDataChannelState = 'connecting';
  /** What the client sent, parsed. */
  readonly sent: WireEvent[] = [];
  onSent: (event: WireEvent) => void = () => {};

  send(text: string): void {
    const event = JSON.parse(text) as WireEvent;
    this.sent.push(event);
    queueMicrotask(() => this.onSent(event));
  }

  /** An event of the server. */
  emit(event: WireEvent): void {
    this.dispatchEvent(
      new MessageEvent('message', { data: JSON.stringify({ event_id: 'event_1', ...event }) }),
    );
  }

  open(): void {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  /** The server closes the channel. */
  drop(): void {
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }

  close(): void {
    this.readyState = 'closed';
  }
}

class FakeSender {
  track: FakeTrack;

  constructor(track: FakeTrack) {
    this.track = track;
  }

  async replaceTrack(track: FakeTrack): Promise<void> {
    this.track = track;
  }
}

class FakeTrackEvent extends Event {
  readonly streams = [new FakeStream()];
  readonly track = this.streams[0]?.track;
}

/** A peer connection whose other end connects at once and speaks the Realtime handshake, unless a test prevents it. */
export class FakePeer extends EventTarget {
  /** The peers of calls: those with a channel. */
  static readonly all: FakePeer[] = [];
  /** The peers that nobody has closed: a browser frees no other, and refuses the 501st. */
  static readonly unclosed = new Set<FakePeer>();
  /** Whether the other end opens the channel after it got our description. */
  static opensChannel = true;
  /** Whether the two ends reach each other. */
  static findsWay = true;
  /** What the other end says of the session, as our server set it; `null`: nothing, as some services do. */
  static session: object | null = {};

  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  onconnectionstatechange: (() => void) | null = null;
  ontrack: ((event: FakeTrackEvent) => void) | null = null;
  readonly channel = new FakeChannel();
  readonly senders: FakeSender[] = [];

  constructor() {
    super();
    FakePeer.unclosed.add(this);
    this.channel.onSent = (event) => {
      if (event.type === 'session.update') this.channel.emit({ type: 'session.updated', session: {} });
    };
  }

  createDataChannel(): FakeChannel {
    FakePeer.all.push(this);
    return this.channel;
  }

  /** Packets of sound so far. */
  packetsReceived = 0;

  getReceivers() {
    const stats = { type: 'inbound-rtp', packetsReceived: this.packetsReceived };
    return [{ getStats: async () => new Map([['inbound', stats]]) }];
  }

  addTrack(track: FakeTrack): void {
    this.senders.push(new FakeSender(track));
  }

  addTransceiver() {
    return { receiver: { track: new FakeStream().track } };
  }

  getSenders(): FakeSender[] {
    return this.senders;
  }

  configuration: RTCConfiguration = {};

  getConfiguration(): RTCConfiguration {
    return this.configuration;
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  async createOffer({ iceRestart = false }: RTCOfferOptions = {}): Promise<RTCSessionDescriptionInit> {
    return { type: 'offer', sdp: iceRestart ? 'v=0 offer, looked again' : 'v=0 offer' };
  }

  async setLocalDescription(): Promise<void> {
    this.#signal('have-local-offer');
  }

  async setRemoteDescription(): Promise<void> {
    this.#signal('stable');
    const event = new FakeTrackEvent('track');
    this.ontrack?.(event);
    this.dispatchEvent(event);
    if (!FakePeer.findsWay) return;
    this.setConnection('connected');
    if (!FakePeer.opensChannel) return;
    this.channel.open();
    if (FakePeer.session === null) return;
    this.channel.emit({ type: 'session.created', session: FakePeer.session });
  }

  setConnection(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.iceConnectionState = state === 'connecting' ? 'checking' : state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
    this.onconnectionstatechange?.();
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  close(): void {
    this.connectionState = 'closed';
    FakePeer.unclosed.delete(this);
    this.channel.close();
  }

  #signal(state: RTCSignalingState): void {
    this.signalingState = state;
    this.dispatchEvent(new Event('signalingstatechange'));
  }
}
