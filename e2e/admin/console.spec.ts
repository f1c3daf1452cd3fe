import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page } from 'playwright/test';
import { GOOD_OFFER } from '../attack/fuzz/offers.ts';
import { AttackServer } from '../attack/server/attack-server.ts';
import { newGuest, newPerson, type Person } from '../attack/server/people.ts';
import { cookiesOf } from '../browser/cookies.ts';
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
  await context.addCookies(cookiesOf(person.cookie, server.url));
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

/** Opens a call whose media never come: the server dials, and hangs up, as in any other. */
async function dial(person: Person): Promise<string> {
  const reply = await server.mint(person, { offer: GOOD_OFFER });
  expect(reply.status).toBe(201);
  return JSON.parse(reply.text).callId;
}

/** Answers the question that a button asks, with the keyboard. `label`: the beginning of its name. */
async function confirm(page: Page, label: string, answer: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .first()
    .press('Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: answer, exact: true }).press('Enter');
  await expect(dialog).toBeHidden();
}

test('the owner sees a call, ends it, and keeps new ones from beginning', async ({ browser }) => {
  const owner = await visit(browser, await newPerson({ verifiedEmail: OWNER }), '/admin');
  await expect(owner.getByText('Nobody is in a call.')).toBeVisible();
  const caller = await visit(browser, await newGuest(), '/');
  await caller.getByRole('button', { name: 'Type instead' }).click();
  await expect(caller.getByRole('textbox', { name: /^Message to/ })).toBeVisible();
  await expect(owner.getByRole('button', { name: 'Hang up' })).toBeVisible({ timeout: 7_000 });
  await expectFitting(owner);

  const hangUp = owner.getByRole('button', { name: /^Hang up/ });
  await hangUp.click();
  await expect(owner.getByRole('alertdialog', { name: 'Hang up?' })).toBeVisible();
  expect(await violations(owner)).toEqual([]);
  await owner.keyboard.press('Escape');
  await expect(owner.getByRole('alertdialog')).toBeHidden();
  await expect(hangUp).toBeFocused();
  await expect(caller.getByText('Call ended')).toBeHidden();

  await confirm(owner, 'Hang up', 'Hang up now');
  const hungUpMs = performance.now();
  await expect(caller.getByText('Call ended')).toBeVisible();
  test.info().annotations.push({
    type: 'ms from the answer to "Call ended"',
    description: String(Math.round(performance.now() - hungUpMs)),
  });
  await expect(owner.getByText('Nobody is in a call.')).toBeVisible();
  await expect(owner.getByRole('heading', { name: 'Live calls' })).toBeFocused();

  await confirm(owner, 'Pause new calls', 'Pause');
  await expect(owner.getByText('New calls are paused.')).toBeVisible();
  await expect(owner.getByRole('button', { name: 'Resume calls' })).toBeFocused();
  const next = await visit(browser, await newGuest(), '/');
  await next.getByRole('button', { name: 'Type instead' }).click();
  await expect(next.getByText(/No new calls can start right now/).first()).toBeVisible();

  await confirm(owner, 'Resume calls', 'Resume');
  await expect(owner.getByText('New calls can start.')).toBeVisible();
  await next.reload();
  await next.getByRole('button', { name: 'Type instead' }).click();
  await expect(next.getByRole('textbox', { name: /^Message to/ })).toBeVisible();
});

test('an answer from before an act does not undo it on the screen', async ({ browser }) => {
  const owner = await visit(browser, await newPerson({ verifiedEmail: OWNER }), '/admin');
  await expect(owner.getByText('New calls can start.')).toBeVisible();
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  const asked = owner.waitForRequest('**/api/admin/live');
  await owner.route(
    '**/api/admin/live',
    async (route) => {
      const response = await route.fetch();
      await held;
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  await asked;
  await confirm(owner, 'Pause new calls', 'Pause');
  await expect(owner.getByText('New calls are paused.')).toBeVisible();
  const late = owner.waitForResponse('**/api/admin/live');
  letThrough();
  await (await late).finished();
  await owner.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
  expect(await owner.getByRole('status').first().textContent()).toBe('New calls are paused.');
  await confirm(owner, 'Resume calls', 'Resume');
});

test('what calls came to is a picture, a table and a file', async ({ browser }) => {
  const caller = await newPerson();
  const callId = await dial(caller);
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

test('whom the owner blocks reads so, keeps the call until that is ended too, and calls again when unblocked', async ({
  browser,
}) => {
  const administrator = await newPerson({ verifiedEmail: OWNER });
  // The calls of the tests before would be listed, too.
  await server.send('/api/admin/calls/end', { as: administrator });
  const person = await newPerson();
  await dial(person);
  const owner = await visit(browser, administrator, '/admin');
  await confirm(owner, 'Block', 'Block');
  const [who = ''] = await owner
    .getByRole('main')
    .getByRole('link', { name: /^[\w-]{16}$/ })
    .allInnerTexts();
  await owner.getByRole('link', { name: 'Blocks', exact: true }).click();
  await expect(owner.getByRole('listitem').filter({ hasText: who })).toContainText('until ');
  await expectFitting(owner);

  const caller = await visit(browser, person, '/');
  await confirm(owner, 'End their calls', 'End them now');
  const theirs = async () => (await server.calls()).find(({ owner: id }) => id === person.id);
  await expect.poll(theirs).toMatchObject({ state: 'ended' });
  await caller.getByRole('button', { name: 'Type instead' }).click();
  await expect(caller.getByText('The owner of this site has blocked your calls.').first()).toBeVisible();

  await owner.getByRole('link', { name: who }).first().click();
  await expect(owner.getByRole('heading', { name: who })).toBeVisible();
  const entries = owner.getByRole('listitem');
  for (const text of ['Blocked a person', 'Opened a call', 'A call ended', 'Was refused a call']) {
    await expect(entries.filter({ hasText: text }).first()).toBeVisible();
  }
  await expectFitting(owner);

  await owner.getByRole('link', { name: 'Blocks', exact: true }).click();
  await confirm(owner, 'Unblock', 'Unblock');
  await expect(owner.getByText('Nobody is blocked.')).toBeVisible();
  await expect(owner.getByRole('heading', { name: 'Blocked' })).toBeFocused();
  expect((await server.mint(person)).status).toBe(201);

  await owner.getByRole('button', { name: 'Block a network' }).click();
  const dialog = owner.getByRole('alertdialog', { name: 'Block a network' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill('10.0.0.0/8');
  await dialog.getByRole('button', { name: 'Block' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Write an IPv4 address');
  await expect(dialog.getByRole('button', { name: 'Block' })).toBeFocused();
  expect(await violations(owner)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Address' }).fill('203.0.113.7');
  await dialog.getByRole('button', { name: 'Block' }).click();
  await expect(owner.getByRole('listitem').filter({ hasText: '203.0.113.7' })).toContainText('until ');
  await expect(owner.getByRole('button', { name: 'Block a network' })).toBeFocused();
});

test('the focus goes to the list when a call ends by itself, under its button or its question', async ({
  browser,
}) => {
  const administrator = await newPerson({ verifiedEmail: OWNER });
  await server.send('/api/admin/calls/end', { as: administrator });
  const owner = await visit(browser, administrator, '/admin');
  for (const isAsked of [false, true]) {
    const caller = await newPerson();
    const callId = await dial(caller);
    const hangUp = owner.getByRole('button', { name: /^Hang up/ });
    await expect(hangUp).toHaveCount(1);
    await hangUp.focus();
    if (isAsked) await owner.keyboard.press('Enter');
    await expect(owner.getByRole('alertdialog')).toHaveCount(isAsked ? 1 : 0);
    await server.send(`/api/voice/calls/${callId}/end`, { as: caller, body: { reason: 'user' } });
    await expect(owner.getByText('Nobody is in a call.')).toBeVisible();
    await expect(owner.getByRole('alertdialog')).toBeHidden();
    await expect(owner.getByRole('heading', { name: 'Live calls' })).toBeFocused();
  }
});

test('what went wrong is counted by cause, and a hang-up that was given up is tried again', async ({
  browser,
}) => {
  const person = await newPerson();
  await server.open(person);
  await server.mint(person);
  await server.redis.zadd('voice:hang-ups-given-up', { score: Date.now(), member: 'call_gone/rtc_gone' });
  const owner = await visit(browser, await newPerson({ verifiedEmail: OWNER }), '/admin/trouble');
  await expect(async () => {
    await owner.reload();
    const row = owner.getByRole('row', { name: /^already_in_call/ });
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expectFitting(owner);
  await confirm(owner, 'Try again', 'Hang up');
  await expect(owner.getByText('None was given up.')).toBeVisible();
  await expect(owner.getByRole('heading', { name: 'Hang-ups that failed' })).toBeFocused();
});

test('the console is nobody else’s', async ({ browser }) => {
  const guest = await visit(browser, await newGuest(), '/admin');
  await expect(guest).toHaveURL(new URL('/', server.url).href);
  const { origin } = new URL(server.url);
  const headers = { origin };
  const acts = ['/calls/end', '/pause', '/blocks', '/blocks/calls', '/hang-ups'].map(
    (path) => `/api/admin${path}`,
  );
  for (const path of acts) {
    expect((await guest.request.post(path, { headers })).status()).toBe(403);
  }
  for (const path of ['/api/admin/pause', '/api/admin/blocks']) {
    expect((await guest.request.delete(path, { headers })).status()).toBe(403);
  }
  for (const path of ['/api/admin/live', '/api/admin/spend']) {
    expect((await guest.request.get(path)).status()).toBe(403);
  }
  for (const path of ['/admin/spend', '/admin/trouble', '/admin/blocks', '/admin/audit']) {
    await guest.goto(path);
    await expect(guest).toHaveURL(new URL('/', server.url).href);
  }
});

test('without its database the console says so, and leads to what is wrong', async ({ browser }) => {
  const owner = await visit(browser, await newPerson({ verifiedEmail: OWNER }), '/admin');
  server.toRedis.fault = { kind: 'refused' };
  for (const room of ['spend', 'trouble', 'blocks', 'audit']) {
    await owner.goto(`${server.url}/admin/${room}`);
    await expect(
      owner.getByRole('heading', { name: 'The console can’t read its data right now.' }),
      room,
    ).toBeVisible();
  }
  await owner.getByRole('link', { name: 'Site health' }).click();
  await expect(owner.getByRole('heading', { name: /^Database ?: Problem$/ })).toBeVisible();
  server.toRedis.fault = { kind: 'none' };
});
