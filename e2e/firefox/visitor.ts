import { expect } from 'playwright/test';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { SoundCard } from './sound-card.ts';

/** What the greeting, the shortest speech of an agent, lasts at least. */
const SPEECH_MS = 500;

/** An element by its role and its name. */
type Place = readonly [role: string, name: string];

const selector = ([role, name]: Place) => `::-p-aria([name="${name}"][role="${role}"])`;

export const CONVERSATION: Place = ['log', 'Conversation'];

/** A person before Firefox: finds things by role and name, reads, talks into the microphone and hears the loudspeaker. */
export class Visitor {
  readonly page: Page;
  readonly sound: SoundCard;

  constructor(page: Page, sound: SoundCard) {
    this.page = page;
    this.sound = sound;
  }

  async open(origin: string): Promise<void> {
    await this.page.goto(origin);
  }

  /** Returns an element, once it is there. */
  async find(role: string, name: string): Promise<ElementHandle> {
    const element = await this.page.waitForSelector(selector([role, name]), {
      visible: true,
      timeout: 45_000,
    });
    if (element === null) throw new Error(`There is no ${role} "${name}".`);
    return element;
  }

  async press(name: string): Promise<void> {
    await this.page
      .locator(selector(['button', name]))
      .setTimeout(45_000)
      .click();
  }

  /** Waits until the page, or the element of this role and name, shows these words. */
  async sees(words: RegExp, place?: Place): Promise<void> {
    await expect.poll(() => this.read(place), { intervals: [100] }).toMatch(words);
  }

  /** Returns the visible words. */
  async read(place?: Place): Promise<string> {
    if (place === undefined) return this.page.evaluate(() => document.body.innerText);
    const element = await this.find(...place);
    return element.evaluate((node) => (node instanceof HTMLElement ? node.innerText : ''));
  }

  /** Waits until the loudspeaker has been audible for half a second since `sinceMs`, a time of `Date.now()`. */
  async hears(sinceMs: number): Promise<void> {
    await expect
      .poll(() => this.sound.audibleMs(sinceMs), { message: 'the agent is heard', intervals: [100] })
      .toBeGreaterThan(SPEECH_MS);
  }

  /** Types a message to the agent, and sends it. */
  async type(message: string): Promise<void> {
    await this.page.locator('::-p-aria([role="textbox"])').fill(message);
    await this.page.keyboard.press('Enter');
  }

  say(recording: string): Promise<void> {
    return this.sound.say(recording);
  }

  /**
   * Speaks until the element of this role and name is there. Says it again only where a person would: the connection was
   * lost meanwhile, the page is connected again, and it listens.
   */
  async sayUntil(recording: string, place: Place): Promise<void> {
    const restored = async () => (await this.read(CONVERSATION)).split('Connected again.').length;
    const isThere = async () => (await this.page.$(selector(place))) !== null;
    for (;;) {
      const restoredBefore = await restored();
      await this.say(recording);
      const isLost = async () =>
        (await restored()) > restoredBefore && /Listening\. Just talk\./.test(await this.read());
      await expect.poll(async () => (await isThere()) || (await isLost()), { intervals: [100] }).toBe(true);
      if (await isThere()) return;
      expect(await this.read(CONVERSATION), 'the page says what became of it').toMatch(
        /connection was lost\./,
      );
    }
  }

  async signInAsGuest(origin: string): Promise<void> {
    await this.open(origin);
    await this.press('Continue as guest');
    await this.find('button', 'Talk');
  }

  /** Clicks Talk, and hears the whole greeting. */
  async startCall(): Promise<void> {
    const talkedAtMs = Date.now();
    await this.press('Talk');
    await this.hears(talkedAtMs);
    await this.sees(/Listening\. Just talk\./);
  }

  async hangUp(): Promise<void> {
    await this.press('End call');
    await this.sees(/You ended the call\./);
  }
}
