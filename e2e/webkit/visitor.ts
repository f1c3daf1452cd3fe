import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright/test';
import { layoutOverflow } from '../states/layout-overflow.ts';
import type { Driver } from './driver.ts';

/** Its text: as a module it wants a window at once. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SEEN_WITHIN_MS = 15_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A phone, a phone on its side, a desktop. */
const WINDOWS = [
  [390, 844],
  [740, 360],
  [1280, 800],
] as const;

/** A person before WebKit: reads what is on the screen, and presses by name. */
export class Visitor {
  readonly #driver: Driver;
  readonly #origin: string;

  constructor(driver: Driver, origin: string) {
    this.#driver = driver;
    this.#origin = origin;
  }

  open = (path: string) => this.#driver.open(`${this.#origin}${path}`);

  press = (name: string) => this.#driver.click('button', name);

  buttons = () => this.#driver.names('button');

  /** Waits until the page shows these words. Throws with what it shows instead. */
  async sees(words: RegExp): Promise<void> {
    const giveUp = AbortSignal.timeout(SEEN_WITHIN_MS);
    for (;;) {
      const shown = await this.#driver.evaluate(() => document.body.innerText, null);
      if (words.test(shown)) return;
      if (giveUp.aborted) throw new Error(`The page does not show ${words}:\n${shown}`);
      await delay(100);
    }
  }

  /** Checks that all fits into each window, and that axe finds nothing. */
  async looksAround(): Promise<void> {
    const { evaluate } = this.#driver;
    // Of Playwright's page it needs what WebDriver has too.
    const page = { evaluate } as unknown as Page;
    for (const [width, height] of WINDOWS) {
      await this.#resize(width, height);
      assert.deepEqual(await layoutOverflow(page), [], `${width} × ${height}`);
    }
    assert.deepEqual(await this.#violations(), []);
  }

  /** The page is as wide as its window a moment later. Throws when it is not within 15 s. */
  async #resize(width: number, height: number): Promise<void> {
    await this.#driver.resize(width, height);
    const giveUp = AbortSignal.timeout(SEEN_WITHIN_MS);
    while ((await this.#driver.evaluate(() => window.innerWidth, null)) !== width) {
      await delay(50, undefined, { signal: giveUp });
    }
  }

  /** Returns every violation of WCAG 2.2 AA that axe finds, as text. */
  async #violations(): Promise<string[]> {
    await this.#driver.load(AXE);
    return this.#driver.evaluate(async (tags) => {
      // A transition in progress would count as faint text. Endless animations are not awaited.
      const ending = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
      await Promise.allSettled(ending.map(({ finished }) => finished));
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(document, { runOnly: tags });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    }, TAGS);
  }
}
