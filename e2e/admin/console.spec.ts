import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page } from 'playwright/test';
import { AttackServer } from '../attack/server/attack-server.ts';
import { newGuest, newPerson, type Person } from '../attack/server/people.ts';
import { violations } from '../violations.ts';
import { workerTest as test } from '../worker-fixtures.ts';

const OWNER = `owner-${randomUUID()}@example.com`;

let server: AttackServer;
test.beforeAll(async () => {
  server = await AttackServer.start({
    env: { PARLEY_SANDBOX: '0', AUTH_GUEST: 'true', VOICE_CONNECT: 'relay', ADMIN_EMAILS: OWNER },
  });
});
test.afterAll(() => server.close());

async function visit(browser: Browser, person: Person, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  const [name = '', ...value] = person.cookie.split('=');
  await context.addCookies([{ name, value: value.join('='), url: server.url, httpOnly: true }]);
  const page = await context.newPage();
  await page.goto(new URL(path, server.url).href);
  return page;
}

/** Nothing for axe to find, and nothing wider than the window, on a phone neither. */
async function expectFitting(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}

const confirm = async (page: Page, label: string, answer: string) => {
  await page.getByRole('button', { name: label, exact: true }).first().click();
  await page.getByRole('button', { name: answer, exact: true }).click();
};

test('the owner sees a call, ends it, and keeps new ones from beginning', async ({ browser }) => {
  const owner = await visit(browser, await newPerson({ verifiedEmail: OWNER }), '/admin');
  await expect(owner.getByText('Nobody is in a call.')).toBeVisible();
  const caller = await visit(browser, await newGuest(), '/');
  await caller.getByRole('button', { name: 'Type instead' }).click();
  await expect(caller.getByRole('textbox', { name: /^Message to/ })).toBeVisible();
  await expect(owner.getByRole('button', { name: 'Hang up' })).toBeVisible({ timeout: 7_000 });
  await expectFitting(owner);

  await confirm(owner, 'Hang up', 'Hang up now');
  await expect(caller.getByText('Call ended')).toBeVisible();
  await expect(owner.getByText('Nobody is in a call.')).toBeVisible();

  await confirm(owner, 'Pause new calls', 'Pause');
  await expect(owner.getByText('New calls are paused.')).toBeVisible();
  const next = await visit(browser, await newGuest(), '/');
  await next.getByRole('button', { name: 'Type instead' }).click();
  await expect(next.getByText(/No new calls can start right now/).first()).toBeVisible();

  await confirm(owner, 'Resume calls', 'Resume');
  await expect(owner.getByText('New calls can start.')).toBeVisible();
  await next.reload();
  await next.getByRole('button', { name: 'Type instead' }).click();
  await expect(next.getByRole('textbox', { name: /^Message to/ })).toBeVisible();
});

test('what calls came to is a picture, a table and a file', async ({ browser }) => {
  const caller = await newPerson();
  const callId = await server.openConnected(caller);
  await server.send(`/api/voice/calls/${callId}/end`, { as: caller, body: { reason: 'user' } });
  const owner = await visit(browser, await newPerson({ verifiedEmail: OWNER }), '/admin');
  await owner.getByRole('link', { name: 'Spend' }).click();
  await expect(owner.getByRole('heading', { name: 'The last 30 days' })).toBeVisible();
  await expect(owner.getByRole('img', { name: /^Spend by day\. The most was / })).toBeVisible();
  await expect(owner.getByRole('region', { name: 'By kind of account' })).toContainText('Signed in');
  await expect(owner.getByRole('table', { name: 'Spend by day' }).getByRole('row')).toHaveCount(2);
  await owner.getByRole('link', { name: '400 days' }).click();
  await expect(owner.getByText('each bar is a week')).toBeVisible();
  await expectFitting(owner);
  const download = owner.waitForEvent('download');
  await owner.getByRole('link', { name: 'Download as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('spend-400-days.csv');
  const [head, ...rows] = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(head).toBe('day,agent,agent_title,role,calls,seconds,planned_usd');
  expect(rows.at(-1)).toMatch(/^\d{4}-\d\d-\d\d,.+,user,1,\d+,[\d.]+$/);
});

test('the console is nobody else’s', async ({ browser }) => {
  const guest = await visit(browser, await newGuest(), '/admin');
  await expect(guest).toHaveURL(new URL('/', server.url).href);
  const { origin } = new URL(server.url);
  const headers = { origin };
  for (const path of ['/api/admin/calls/end', '/api/admin/pause']) {
    expect((await guest.request.post(path, { headers })).status()).toBe(403);
  }
  expect((await guest.request.delete('/api/admin/pause', { headers })).status()).toBe(403);
  for (const path of ['/api/admin/live', '/api/admin/spend']) {
    expect((await guest.request.get(path)).status()).toBe(403);
  }
  for (const path of ['/admin/spend']) {
    await guest.goto(path);
    await expect(guest).toHaveURL(new URL('/', server.url).href);
  }
});
