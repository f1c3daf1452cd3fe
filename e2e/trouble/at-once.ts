import { expect, type Page } from 'playwright/test';

const AT_ONCE_MS = 1_000;

/** Notes when the main part of the page first says `source` from now on. */
function noteWords(source: string): void {
  const words = new RegExp(source);
  Object.assign(window, { wordsSaidAtMs: undefined });
  const observer = new MutationObserver(() => {
    if (!words.test(document.querySelector('main')?.textContent ?? '')) return;
    observer.disconnect();
    Object.assign(window, { wordsSaidAtMs: Date.now() });
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}

/**
 * Does something, and expects that the page says these words within a second of it. The page itself takes the time:
 * Playwright looks from outside and now and then, and on a busy machine late.
 */
export async function expectAtOnce(page: Page, words: RegExp, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(noteWords, words.source);
  await act();
  const actedAtMs = Date.now();
  await expect(page.getByRole('main').getByText(words).first()).toBeVisible();
  const saidAtMs = await page.evaluate(
    () => (window as unknown as { wordsSaidAtMs?: number }).wordsSaidAtMs ?? Number.NaN,
  );
  expect(saidAtMs - actedAtMs, 'milliseconds until the page said so').toBeLessThan(AT_ONCE_MS);
}
