import type { EchoPath, Pcm48k, Peer, PeerHandlers, Playout } from '../media/interfaces.ts';

const SAMPLES_PER_MS = 48;

/** A playout with the test's clock: audio starts at once and drains on request. */
export class ScriptedPlayout implements Playout {
  onStarted: (tag: string) => void = () => {};
  onDrained: (tag: string) => void = () => {};
  /** What `clear` returns as played. */
  playedMs = 0;
  /** When false, the first frame has not been sent yet. */
  startsAtOnce = true;
  #queue = new Map<string, { ms: number; finished: boolean }>();

  get current(): string | null {
    return this.#queue.keys().next().value ?? null;
  }

  enqueue(tag: string, pcm: Pcm48k): void {
    const queued = this.#queue.get(tag);
    this.#queue.set(tag, { ms: (queued?.ms ?? 0) + pcm.length / SAMPLES_PER_MS, finished: false });
    if (!queued && this.startsAtOnce) this.onStarted(tag);
  }

  finish(tag: string): void {
    const queued = this.#queue.get(tag);
    if (queued) queued.finished = true;
  }

  clear(): { tag: string; playedMs: number } | null {
    const tag = this.current;
    this.#queue.clear();
    return tag === null ? null : { tag, playedMs: this.playedMs };
  }

  /** Plays everything that is finished to its end. */
  drain(): void {
    for (const [tag, { finished }] of [...this.#queue]) {
      if (!finished) return;
      this.#queue.delete(tag);
      this.onDrained(tag);
    }
  }
}

/** The browser's end of a connection, without a connection. */
export class ScriptedPeer implements Peer {
  readonly answerSdp = 'v=0\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n';
  readonly hasDataChannel: boolean;
  readonly playout = new ScriptedPlayout();
  readonly sent: string[] = [];
  readonly handlers: PeerHandlers;
  onSent: (text: string) => void = () => {};
  channelClosed = false;
  frozen = false;
  refusesChecks = false;
  echo: EchoPath | null = null;
  closed = false;

  constructor(handlers: PeerHandlers, hasDataChannel = true) {
    this.handlers = handlers;
    this.hasDataChannel = hasDataChannel;
  }

  send(text: string): void {
    if (!this.hasDataChannel) return;
    this.sent.push(text);
    this.onSent(text);
  }

  closeChannel(): void {
    this.channelClosed = true;
  }

  freezeAudio(): void {
    this.frozen = true;
  }

  refuseChecks(): void {
    this.refusesChecks = true;
  }

  hearItself(path: EchoPath): void {
    this.echo = path;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.handlers.onClosed('local');
  }
}
