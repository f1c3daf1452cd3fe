import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { hush, shown } from '../states/visit.ts';

test.describe.configure({ lock: '-exclusive-' });

/** How long the sandbox listens into a pause at a low eagerness is 900 ms, otherwise 350 or 500. */
const PATIENT_MS = 700;

/** "84 ms" → 84, "1.23 s" → 1230. */
const toMs = (text: string) => Number.parseFloat(text) * (text.endsWith(' s') ? 1000 : 1);

test('a caller who asks for time to think gets it, and the inspector shows where the wait went', async ({
  page,
  recorder,
  say,
  signInAsGuest,
}) => {
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('When you pause').selectOption({ label: 'Let me think longer' });
  await page.getByRole('button', { name: 'Close' }).click();
  const opened = page.waitForRequest('**/api/voice/session');
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  expect((await opened).postDataJSON()).toMatchObject({ options: { pace: 'patient' } });

  await hush(page);
  await expect(shown(page, /^Listening\. Just talk\.$/)).toBeVisible();
  await say('who-are-you');
  await recorder.agentStarted(2);
  await page.getByRole('button', { name: 'Inspect this call' }).click();
  const part = (name: string) => page.getByRole('row', { name }).getByRole('cell').first();
  await expect(part('Until you had finished')).not.toHaveText('–');
  expect(toMs(await part('Until you had finished').innerText())).toBeGreaterThan(PATIENT_MS);
  expect(toMs(await part('Whole wait').innerText())).toBeGreaterThan(PATIENT_MS);
});
