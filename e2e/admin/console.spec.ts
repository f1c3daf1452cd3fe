import { randomUUID } from 'node:crypto';
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
  const context = await browser.newContext();
  const [name = '', ...value] = person.cookie.split('=');
  await context.addCookies([{ name, value: value.join('='), url: server.url, httpOnly: true }]);
  const page = await context.newPage();
  await page.goto(new URL(path, server.url).href);
  return page;
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
  expect(await violations(owner)).toEqual([]);
  for (const width of [320, 1440]) {
    await owner.setViewportSize({ width, height: 800 });
    expect(await owner.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }

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

test('the console is nobody else’s', async ({ browser }) => {
  const guest = await visit(browser, await newGuest(), '/admin');
  await expect(guest).toHaveURL(new URL('/', server.url).href);
  const { origin } = new URL(server.url);
  const headers = { origin };
  for (const path of ['/api/admin/calls/end', '/api/admin/pause']) {
    expect((await guest.request.post(path, { headers })).status()).toBe(403);
  }
  expect((await guest.request.delete('/api/admin/pause', { headers })).status()).toBe(403);
  expect((await guest.request.get('/api/admin/live')).status()).toBe(403);
});
