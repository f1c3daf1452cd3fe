/** Fakes of the browser's media objects, for unit tests in Node. They implement what the call engine uses. */

/** A fake implements a part of a huge DOM interface. The compiler cannot see that the rest is unused. */
export const asDom = <Type>(fake: object): Type => fake as unknown as Type;

export class FakeTrack extends EventTarget {
  readonly kind = 'audio';
  enabled = true;
  label = '';
  muted = false;
  readyState: 'live' | 'ended' = 'live';

  stop(): void {
    this.readyState = 'ended';
  }

  /** The system takes the device for something else, or gives it back. */
  take(taken: boolean): void {
    this.muted = taken;
    this.dispatchEvent(new Event(taken ? 'mute' : 'unmute'));
  }

  /** The device was unplugged. */
  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

export class FakeStream {
  readonly track: FakeTrack;
  readonly clones: FakeStream[] = [];

  constructor(track = new FakeTrack()) {
    this.track = track;
  }

  get active(): boolean {
    return this.track.readyState === 'live';
  }

  getTracks(): FakeTrack[] {
    return [this.track];
  }

  getAudioTracks(): FakeTrack[] {
    return [this.track];
  }

  clone(): FakeStream {
    const copy = new FakeStream();
    this.clones.push(copy);
    return copy;
  }
}

/** The constructor that pages use. */
export class FakeMediaStream extends FakeStream {
  constructor([track]: FakeTrack[]) {
    super(track);
  }
}

export class FakeAudioElement extends EventTarget {
  autoplay = false;
  srcObject: object | null = null;
  /** Playback is refused, as browsers do before a gesture. */
  isBlocked = false;
  isPlaying = false;
  sinkId = '';

  async setSinkId(id: string): Promise<void> {
    this.sinkId = id;
  }

  async play(): Promise<void> {
    if (this.isBlocked) throw new DOMException('A gesture is needed first.', 'NotAllowedError');
    this.isPlaying = true;
    this.dispatchEvent(new Event('playing'));
  }

  pause(): void {
    this.isPlaying = false;
    this.dispatchEvent(new Event('pause'));
  }
}

export class FakeAudioContext extends EventTarget {
  /** Amplitude of every metered stream, 0…1. */
  amplitude = 0;
  isClosed = false;
  state: AudioContextState | 'interrupted' = 'running';
  /** Called before a stream is metered: throws where a browser refuses that. */
  beforeSource = () => {};

  createAnalyser() {
    return { fftSize: 0, getFloatTimeDomainData: (samples: Float32Array) => samples.fill(this.amplitude) };
  }

  createMediaStreamSource() {
    this.beforeSource();
    return { connect: () => {} };
  }

  createMediaStreamDestination() {
    return { stream: new FakeStream() };
  }

  async resume(): Promise<void> {}

  async close(): Promise<void> {
    this.isClosed = true;
  }

  change(state: FakeAudioContext['state']): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

export class FakePermission extends EventTarget {
  state: PermissionState;

  constructor(state: PermissionState) {
    super();
    this.state = state;
  }

  change(state: PermissionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export class FakeScreenLock {
  released = false;

  async release(): Promise<void> {
    this.released = true;
  }
}
