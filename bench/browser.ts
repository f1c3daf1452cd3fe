import { BROWSER_ARGUMENTS } from '@parley/realtime-sandbox/contract/browser-arguments';
import { type Browser, chromium } from 'playwright';
import { provideBrowser } from '../e2e/browser/provide-browser.ts';

/** Launches the browser that the tests use. */
export async function launchBrowser(): Promise<Browser> {
  const { path } = await provideBrowser();
  return chromium.launch({ ...(path ? { executablePath: path } : {}), args: BROWSER_ARGUMENTS });
}

/** Prints one figure as a line. */
export const print = (name: string, value: number): void =>
  console.log(`${name}\t${Number(value.toFixed(value < 10 ? 2 : 0))}`);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
