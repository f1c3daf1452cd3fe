import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import type { Page } from 'playwright/test';
import {
  AUDIBLE_RMS,
  installPageRecorder,
  type PageRecording,
  readPageRecording,
} from '../../../e2e/browser/page-recorder.ts';
import type { ConnectOptions, PageClient } from './pages/page-client.ts';

export type Type = RealtimeServerEvent['type'];
export type EventOf<T extends Type> = Extract<RealtimeServerEvent, { type: T }>;

declare global {
  interface Window {
    client: PageClient;
    pageRecording: PageRecording;
    pageConnections: RTCPeerConnection[];
  }
}

const WITHIN_MS = 20_000;

/** A page that holds one call with one client, and records its traffic. */
export class CallPage {
  callId: string | null = null;
  readonly page: Page;
  #read = 0;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page, url: string): Promise<CallPage> {
    await installPageRecorder(page);
    await page.goto(url);
    await page.waitForFunction(() => 'client' in window);
    return new CallPage(page);
  }

  async connect(options: ConnectOptions): Promise<this> {
    const { callId } = await this.page.evaluate((given) => window.client.connect(given), options);
    this.callId = callId;
    return this;
  }

  send(event: { type: string; [key: string]: unknown }): Promise<void> {
    return this.page.evaluate((given) => window.client.send(given), event);
  }

  type(text: string): Promise<void> {
    return this.page.evaluate((given) => window.client.type(given), text);
  }

  /** Speaks a recording of `contract/speech`. Settles at its end. */
  say(recording: string): Promise<void> {
    return this.page.evaluate((url) => window.client.say(url), `/speech/${recording}.wav`);
  }

  isOpen(): Promise<boolean> {
    return this.page.evaluate(() => window.client.isOpen());
  }

  close(): Promise<void> {
    return this.page.evaluate(() => window.client.close());
  }

  recording(): Promise<PageRecording> {
    return readPageRecording(this.page);
  }

  async events(): Promise<RealtimeServerEvent[]> {
    return (await this.recording()).events.map(({ json }) => JSON.parse(json) as RealtimeServerEvent);
  }

  async all<T extends Type>(type: T): Promise<EventOf<T>[]> {
    return (await this.events()).filter((event): event is EventOf<T> => event.type === type);
  }

  /** The next event of this type that no earlier `next` has passed. */
  async next<T extends Type>(type: T): Promise<EventOf<T>> {
    const found = await this.page
      .waitForFunction(
        ([wanted, from]) => {
          const index = window.pageRecording.events.findIndex(
            (event, at) => at >= from && event.type === wanted,
          );
          return index >= 0 && { index, json: window.pageRecording.events[index]?.json ?? '' };
        },
        [type, this.#read] as const,
        { timeout: WITHIN_MS, polling: 20 },
      )
      .catch(async () => {
        const seen = (await this.events()).slice(this.#read).map((event) => event.type);
        throw new Error(`No ${type} event arrived. Received: ${seen.join(', ') || 'nothing'}.`);
      });
    const hit = await found.jsonValue();
    if (!hit) throw new Error(`No ${type} event arrived.`);
    this.#read = hit.index + 1;
    return JSON.parse(hit.json) as EventOf<T>;
  }

  /** From here on, `next` sees only later events. */
  async passAll(): Promise<number> {
    this.#read = (await this.events()).length;
    return this.#read;
  }

  /** Waits until the agent is audible in the page. */
  async heard(): Promise<void> {
    await this.page.waitForFunction(
      ([level, fromMs]) => window.pageRecording.levels.some(({ atMs, rms }) => atMs >= fromMs && rms > level),
      [AUDIBLE_RMS, await this.now()] as const,
      { timeout: WITHIN_MS, polling: 20 },
    );
  }

  now(): Promise<number> {
    return this.page.evaluate(() => performance.now());
  }
}

/** Types in order, without those whose place varies; repetitions appear once, with `*`. */
export function readOrder(events: readonly { type: string }[]): string[] {
  const order: string[] = [];
  for (const { type } of events) {
    if (FLOATING.test(type)) continue;
    const last = order.at(-1);
    if (last === type || last === `${type}*`) order[order.length - 1] = `${type}*`;
    else order.push(type);
  }
  return order;
}

/** The place of these events varies: transcripts, start and end of playback, rate limits, retrieved items. */
const FLOATING =
  /^(output_audio_buffer\.|rate_limits\.|session\.|conversation\.item\.(input_audio_transcription\.|retrieved$))/;
