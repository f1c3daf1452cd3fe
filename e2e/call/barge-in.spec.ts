import { expect } from 'playwright/test';
import { AUDIBLE_RMS, audibleSince } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';
import { hush } from '../states/visit.ts';

test.describe.configure({ lock: '-exclusive-' });

/** Audio that is on its way when the server hears the user: network, jitter buffer, the page's own sampling. */
const SILENCE_WITHIN_MS = 300;
/** Longer than the pause between two sentences, in which the interruption may fall. */
const SPEAKING_WITHIN_MS = 1500;

test('the agent falls silent when it is interrupted', async ({ page, recorder, say, signInAsGuest }) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await hush(page);
  const cuts = async () =>
    (await recorder.read()).events.filter(({ type }) => type === 'conversation.item.truncated').length;
  await expect.poll(cuts, 'the greeting was cut by a key').toBe(1);
  await say('what-can-you-do');
  await recorder.agentStarted(2);
  const startedAt = (await recorder.read()).levels.at(-1)?.atMs ?? 0;
  await expect.poll(async () => audibleSince(await recorder.read(), startedAt)).toBeGreaterThan(50);
  await say('who-are-you');

  await expect.poll(cuts, { timeout: 40_000 }).toBeGreaterThan(1);
  const conversation = page.getByRole('log', { name: 'Conversation' });
  const interrupted = conversation.getByRole('listitem').filter({ has: page.getByText('interrupted') });
  await expect(interrupted, 'the greeting and the answer').toHaveCount(2);

  const { events } = await recorder.read();
  const truncatedAt = events.findLast(({ type }) => type === 'conversation.item.truncated')?.atMs ?? 0;
  const speechAt = events.findLast(
    ({ type, atMs }) => type === 'input_audio_buffer.speech_started' && atMs <= truncatedAt,
  )?.atMs;
  if (speechAt === undefined) throw new Error('The response was cut, but no speech was heard.');
  const silentFrom = speechAt + SILENCE_WITHIN_MS;
  const silentUntil = silentFrom + 300;
  await expect.poll(async () => (await recorder.read()).levels.at(-1)?.atMs).toBeGreaterThan(silentUntil);
  const { levels } = await recorder.read();
  const audible = (fromMs: number, toMs: number) =>
    levels.filter(({ atMs, rms }) => atMs >= fromMs && atMs < toMs && rms > AUDIBLE_RMS).length;
  expect(audible(speechAt - SPEAKING_WITHIN_MS, speechAt), 'the agent was speaking').toBeGreaterThan(5);
  expect(audible(silentFrom, silentUntil), 'and fell silent').toBe(0);
});
