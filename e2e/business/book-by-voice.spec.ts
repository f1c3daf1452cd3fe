import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { sandboxRedis } from '../sandbox-redis.ts';
import { hush, IS_SPEAKING, shown } from '../states/visit.ts';
import { bookableDay } from './bookable-day.ts';

const day = bookableDay();

/** `SANDBOX_PROFILE=harsh`: a response may begin half a minute late. */
const LATE = { timeout: 45_000 };

test.describe.configure({ lock: '-exclusive-', timeout: 150_000 });
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('a guest books by voice, allows it by click, and the appointment is in the panel and in Redis', async ({
  page,
  say,
  signInThroughPage,
}) => {
  await signInThroughPage(page);
  const session = await (await page.request.get('/api/auth/session')).json();
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await expect(shown(page, IS_SPEAKING)).toBeVisible(LATE);
  await hush(page);
  await expect(shown(page, /^Listening\. Just talk\.$/)).toBeVisible();
  await say(`book-on-${day}`);

  const approval = page.getByRole('region', { name: 'Book an appointment?' });
  await expect(approval).toBeVisible(LATE);
  await expect(approval.getByText('tune-up (45 minutes, £65)')).toBeVisible();
  await expect(approval.getByText('10 am', { exact: true })).toBeVisible();
  const date = await approval.getByText(new RegExp(`^${day} \\d{1,2} [A-Z]`, 'i')).innerText();
  await approval.getByRole('button', { name: 'Allow', exact: true }).click();

  const panel = page.getByRole('complementary', { name: 'Your appointments' });
  await expect(panel.getByText(`${date} at 10 am`)).toBeVisible();

  const stored = await sandboxRedis().hgetall<Record<string, { at: string; service: string }>>(
    `shop:customer:${session.user.id}:appointments`,
  );
  const tuneUps = Object.values(stored ?? {}).filter(({ at }) => at.endsWith('T10:00'));
  expect(tuneUps.map(({ service }) => service)).toContain('tune-up');

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
});
