import { setTimeout as delay } from 'node:timers/promises';
import type { CallPage } from './call-page.ts';

const POLL_MS = 100;
const MOST_MS = 20_000;

/**
 * Calls once, and hangs up at the agent's first sound. The first call of a site loads what no later one has to: its routes,
 * and what its tools mean. Resolves without a sound, too: a call that is checked will say why.
 */
export async function callOnce(page: CallPage): Promise<void> {
  const untilMs = performance.now() + MOST_MS;
  await page.talk();
  let hasSpoken = false;
  while (!hasSpoken && performance.now() < untilMs) {
    await delay(POLL_MS);
    const { events } = await page.refresh();
    hasSpoken = events.some(({ type }) => type === 'output_audio_buffer.started');
  }
  await page.hangUp();
}
