import { expect } from 'playwright/test';
import { audibleSince } from '../browser/page-recorder.ts';
import { layoutOverflow } from '../states/layout-overflow.ts';
import { answers, shown } from '../states/visit.ts';
import { test } from './fixtures.ts';

/** Of 10 ms each: what the shortest speech of an agent lasts at least. */
const SPEECH_SAMPLES = 50;

test('a guest on a phone in the same network hears the greeting, asks by voice, hears the answer, and ends the call', async ({
  page,
  recorder,
  say,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).tap();
  await expect(shown(page, /^Listening\. Just talk\.$/)).toBeVisible({ timeout: 45_000 });
  await recorder.agentGreeted();
  expect(audibleSince(await recorder.read(), 0), 'the greeting is heard').toBeGreaterThan(SPEECH_SAMPLES);
  expect(await layoutOverflow(page)).toEqual([]);

  const askedAtMs = await page.evaluate(() => performance.now());
  await say('who-are-you');
  await expect(answers(page)).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(async () => audibleSince(await recorder.read(), askedAtMs), { message: 'the answer is heard' })
    .toBeGreaterThan(SPEECH_SAMPLES);

  await page.getByRole('button', { name: 'End call' }).tap();
  await expect(page.getByText('Call ended')).toBeVisible();
});
