import { randomUUID } from 'node:crypto';
import { GOOD_OFFER } from '../attack/fuzz/offers.ts';
import { AttackServer } from '../attack/server/attack-server.ts';
import { newGuest, newPerson } from '../attack/server/people.ts';
import { cookiesOf } from '../browser/cookies.ts';
import { holdStill, takePictures } from '../screens/take-pictures.ts';
import { workerTest as test } from '../worker-fixtures.ts';

const OWNER = `owner-${randomUUID()}@example.com`;
const DAY_MS = 24 * 3600 * 1000;
/** High enough for all that a room shows. */
const SIZES = [
  { width: 320, height: 1700 },
  { width: 768, height: 1400 },
  { width: 1440, height: 1200 },
] as const;

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const quarterOf = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** Stores what a year leaves: busier weekdays, a quiet summer, and some trouble. */
async function storeYear({ redis }: AttackServer, agent: string): Promise<void> {
  const batch = redis.pipeline();
  for (let ago = 0; ago < 400; ago += 1) {
    const ms = Date.now() - ago * DAY_MS;
    const day = dayOf(ms);
    const busy = (3 + (ago % 7)) * (1.2 + Math.sin(ago / 29));
    for (const [role, part] of [
      ['guest', 0.5],
      ['user', 1],
      ['admin', 0.1],
    ] as const) {
      const calls = Math.round(busy * part * 4);
      const counts = `${calls} ${calls * 74} ${calls * 74 * 1000}`;
      batch.hset(`voice:spend:${quarterOf(day)}`, { [`${day} ${agent} ${role}`]: counts });
    }
    const refusals = `voice:refusals:${quarterOf(day)}`;
    batch.hset(refusals, { [`${day} rate_limited`]: ago % 5, [`${day} allowance_exhausted`]: ago % 3 });
    if (ago < 2) batch.hset(refusals, { [`${day} provider_refused no_credit`]: 4 });
  }
  batch.zadd('voice:hang-ups-given-up', { score: Date.now() - DAY_MS, member: 'call_7f3a/rtc_u1_9d2c' });
  batch.hset(`voice:books:${dayOf(Date.now())}`, { 'site:spent': 4_210_000_000, 'site:held': 900_000_000 });
  await batch.exec();
}

test('pictures of the console', async ({ browser }) => {
  test.setTimeout(180_000);
  const server = await AttackServer.start({
    env: {
      PARLEY_SANDBOX: '0',
      AUTH_GUEST: 'true',
      CLIENT_IP_HEADER: 'x-real-ip',
      ADMIN_EMAILS: OWNER,
      VOICE_SITE_BUDGET_USD_PER_DAY: '10000',
    },
  });
  const guest = await newGuest();
  await server.send('/api/voice/session', { as: guest, headers: { 'x-real-ip': '203.0.113.9' } });
  await server.mint(await newPerson(), { offer: GOOD_OFFER });
  await storeYear(server, (await server.calls())[0]?.agent ?? '');
  const owner = await newPerson({ verifiedEmail: OWNER });
  await server.send('/api/admin/blocks', {
    as: owner,
    body: { kind: 'network', address: '203.0.113.7', note: 'Keeps the line busy.', days: 7 },
  });
  await server.send('/api/admin/blocks', { as: owner, body: { kind: 'person', who: 'Jx1_0aT-9bQw7RmZ' } });

  const context = await browser.newContext({ baseURL: server.url });
  await context.addCookies(cookiesOf(owner.cookie, server.url));
  const page = await context.newPage();
  await holdStill(page);
  for (const room of ['spend', 'trouble', 'blocks', 'audit']) {
    await page.goto(`/admin/${room}`);
    await takePictures(page, `console-${room}`, SIZES);
  }
  await page.goto('/admin/spend?days=400');
  await takePictures(page, 'console-spend-400', SIZES);
  await page.goto('/admin');
  await page
    .getByText('No problem found.')
    .or(page.getByText(/problems? found/))
    .waitFor();
  await takePictures(page, 'console-now', SIZES);
  // Opened anew in each size: the browser stretches its picture of a dialog that it has drawn in another.
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.getByRole('button', { name: /^Block network/ }).click();
    await takePictures(page, 'console-block', [size]);
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
  await context.close();
  await server.close();
});
