import { expect } from 'playwright/test';
import { AUDIBLE_RMS } from '../browser/page-recorder.ts';
import { test } from '../fixtures.ts';

test.use({
  person: {
    says: [
      { afterSeconds: 10, say: 'what-can-you-do' },
      { afterSeconds: 4, say: 'who-are-you' },
    ],
  },
});

/** Audio that is on its way when the server hears the person: network, jitter buffer, the page's own sampling. */
const SILENCE_WITHIN_MS = 300;

test('the agent falls silent when it is interrupted', async ({ page, ear, signInAsGuest }) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();

  await expect
    .poll(
      async () =>
        (await ear.read()).events.filter(({ type }) => type === 'conversation.item.truncated').length,
      {
        timeout: 40_000,
      },
    )
    .toBeGreaterThan(0);
  const conversation = page.getByRole('log', { name: 'Conversation' });
  await expect(conversation.getByText('interrupted').first()).toBeVisible();

  const { events, levels } = await ear.read();
  const truncatedAt = events.findLast(({ type }) => type === 'conversation.item.truncated')?.atMs ?? 0;
  const speechAt = events.findLast(
    ({ type, atMs }) => type === 'input_audio_buffer.speech_started' && atMs <= truncatedAt,
  )?.atMs;
  if (speechAt === undefined) throw new Error('The answer was cut, but nobody was heard to speak.');
  const audible = (fromMs: number, toMs: number) =>
    levels.filter(({ atMs, rms }) => atMs >= fromMs && atMs < toMs && rms > AUDIBLE_RMS).length;
  expect(audible(speechAt - 500, speechAt), 'the agent was speaking').toBeGreaterThan(5);
  expect(audible(speechAt + SILENCE_WITHIN_MS, speechAt + SILENCE_WITHIN_MS + 300), 'and fell silent').toBe(
    0,
  );
});
