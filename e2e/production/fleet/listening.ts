import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import { audibleSince, readPageRecording } from '../../browser/page-recorder.ts';

const GIVE_UP_MS = 30_000;
const LOOK_EVERY_MS = 50;
/** Samples of 10 ms. */
const CLEARLY_AUDIBLE = 50;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUp = AbortSignal.timeout(GIVE_UP_MS);
  while (!(await isSo())) {
    giveUp.throwIfAborted();
    await wait(LOOK_EVERY_MS);
  }
}

/** Resolves when the voice service has begun to play its answer to what the page wrote last. The page is recorded. */
export const untilAnswerPlays = (page: Page): Promise<void> =>
  until(async () => {
    const { events, sent } = await readPageRecording(page);
    const writtenAtMs = sent.findLast(({ type }) => type === 'conversation.item.create')?.atMs ?? Infinity;
    return events.some(({ type, atMs }) => type === 'output_audio_buffer.started' && atMs > writtenAtMs);
  });

/** Resolves when the agent has been audible for half a second from now on. The page is recorded. */
export async function untilSpeaking(page: Page): Promise<void> {
  const nowMs = await page.evaluate(() => performance.now());
  await until(async () => audibleSince(await readPageRecording(page), nowMs) > CLEARLY_AUDIBLE);
}
