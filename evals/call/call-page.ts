import type { Browser, Locator, Page } from 'playwright';
import { cookiesOf } from '../../e2e/browser/cookies.ts';
import {
  type ChannelEvent,
  installPageRecorder,
  type PageRecording,
} from '../../e2e/browser/page-recorder.ts';
import { installPageSpeech, playIntoPage } from '../../e2e/browser/page-speech.ts';
import { signInAsGuest } from '../../sandbox/runner/services/guest-session.ts';
import { toWireEvent, type WireEvent } from './call-events.ts';
import type { ApiExchange } from './observed.ts';
import { installPageSound, type RecordedSound, takePageSound } from './page-sound.ts';
import { watchApi } from './watch-api.ts';

const SIGN_IN_LIMIT_MS = 30_000;
const OPEN_LIMIT_MS = 60_000;

/** The card that asks the caller, as it is on the screen. */
export interface Card {
  title: string;
}

/** The page of the site in a browser of its own, with a fresh guest before it. */
export class CallPage {
  readonly #page: Page;
  readonly #api: ReturnType<typeof watchApi>;
  readonly #events: WireEvent[] = [];
  #read = { events: 0, sent: 0 };
  #talkAtMs = 0;

  private constructor(page: Page) {
    this.#page = page;
    this.#api = watchApi(page);
  }

  /** Opens the page, signed in as a guest. Throws when the site admits none. */
  static async open(browser: Browser, url: string): Promise<CallPage> {
    const context = await browser.newContext({ permissions: ['microphone'], reducedMotion: 'reduce' });
    try {
      const session = await signInAsGuest(url, AbortSignal.timeout(SIGN_IN_LIMIT_MS));
      await context.addCookies(cookiesOf(session, url));
      const page = await context.newPage();
      await installPageRecorder(page);
      await installPageSpeech(page);
      await installPageSound(page);
      const call = new CallPage(page);
      await page.goto(url, { timeout: OPEN_LIMIT_MS });
      return call;
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** Clicks Talk. All times count from here. */
  async talk(): Promise<void> {
    const button = this.#page.getByRole('button', { name: 'Talk', exact: true });
    await button.waitFor({ timeout: OPEN_LIMIT_MS });
    this.#talkAtMs = await this.#click(button);
  }

  /** Reads what has happened since the last time. */
  async refresh(): Promise<{
    nowMs: number;
    events: readonly WireEvent[];
    exchanges: readonly ApiExchange[];
  }> {
    const news = await this.#page.evaluate(
      ([events, sent]) => {
        const { pageRecording } = window as unknown as { pageRecording: PageRecording };
        // The deltas are most of the traffic, and each is in the whole that follows.
        const useful = (all: ChannelEvent[]) => all.filter(({ type }) => !type.endsWith('.delta'));
        return {
          nowMs: performance.now(),
          counts: { events: pageRecording.events.length, sent: pageRecording.sent.length },
          events: useful(pageRecording.events.slice(events)),
          sent: useful(pageRecording.sent.slice(sent)),
        };
      },
      [this.#read.events, this.#read.sent] as const,
    );
    this.#read = news.counts;
    const added = [
      ...news.events.map((event) => toWireEvent(event, 'agent')),
      ...news.sent.map((event) => toWireEvent(event, 'page')),
    ].toSorted((a, b) => a.atMs - b.atMs);
    this.#events.push(...added.map((event) => ({ ...event, atMs: event.atMs - this.#talkAtMs })));
    return { nowMs: news.nowMs - this.#talkAtMs, events: this.#events, exchanges: this.#api.exchanges };
  }

  /** Speaks into the microphone of the page. Resolves at the last sample. */
  async speak(wav: Buffer): Promise<{ fromMs: number; untilMs: number }> {
    const { fromMs, untilMs } = await playIntoPage(this.#page, wav);
    return { fromMs: fromMs - this.#talkAtMs, untilMs: untilMs - this.#talkAtMs };
  }

  /** Starts the noise behind the caller. */
  async hum(wav: Buffer): Promise<void> {
    await playIntoPage(this.#page, wav, true);
  }

  /** Returns whether the microphone is open: before that, nobody can speak into it. */
  isOpen(): Promise<boolean> {
    return this.#page.evaluate(() => 'microphoneMix' in window);
  }

  /** Returns the card that asks the caller now, or `null`. */
  async card(): Promise<Card | null> {
    const card = this.#page
      .getByRole('region')
      .filter({ has: this.#page.getByRole('button', { name: 'Allow', exact: true }) });
    if ((await card.count()) === 0) return null;
    const title = await card.getByRole('heading').innerText();
    return { title: title.replace(/\?$/, '') };
  }

  /** Presses a button of the card. Returns when, by the page's clock. */
  async press(allowed: boolean): Promise<number> {
    const name = allowed ? 'Allow' : 'Don’t allow';
    return (await this.#click(this.#page.getByRole('button', { name, exact: true }))) - this.#talkAtMs;
  }

  /** Clicks, and returns when the page noticed it: the way there takes time too. */
  async #click(button: Locator): Promise<number> {
    await this.#page.evaluate(() => {
      const notice = () => Object.assign(window, { clickedAtMs: performance.now() });
      document.addEventListener('click', notice, { capture: true, once: true });
    });
    await button.click();
    return this.#page.evaluate(() => (window as unknown as { clickedAtMs: number }).clickedAtMs);
  }

  /** Presses End call, if there is still a call. */
  async hangUp(): Promise<void> {
    const button = this.#page.getByRole('button', { name: 'End call' });
    if ((await button.count()) > 0) await button.click();
  }

  /** Returns what the business stores about the caller: `business` of the site's own export. */
  async stored(): Promise<unknown> {
    return this.#page.evaluate(async () => {
      const response = await fetch('/api/me/export', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      return response.ok ? (await response.json()).business : { refused: response.status };
    });
  }

  /** Deletes everything that the site stores about the caller, so that a run leaves nothing behind. */
  async forgetCaller(): Promise<boolean> {
    return this.#page.evaluate(async () => (await fetch('/api/me', { method: 'DELETE' })).ok);
  }

  /** Returns the loudness of both sides and their sound, by the same clock. */
  async recording(): Promise<{
    levels: Pick<PageRecording, 'levels' | 'microphone'>;
    sound: RecordedSound | null;
  }> {
    const { levels, microphone } = await this.#page.evaluate(() => {
      const { pageRecording } = window as unknown as { pageRecording: PageRecording };
      return { levels: pageRecording.levels, microphone: pageRecording.microphone };
    });
    const since = (all: PageRecording['levels']) =>
      all.map(({ atMs, rms }) => ({ atMs: atMs - this.#talkAtMs, rms }));
    const sound = await takePageSound(this.#page);
    return {
      levels: { levels: since(levels), microphone: since(microphone) },
      sound: sound && { ...sound, startedAtMs: sound.startedAtMs - this.#talkAtMs },
    };
  }

  async close(): Promise<void> {
    await this.#api.settled();
    await this.#page.context().close();
  }
}
