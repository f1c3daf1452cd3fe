import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { sandboxCalls } from '../sandbox-calls.ts';
import { askAgent } from '../states/visit.ts';

test(`a typed call connects ${isRelay ? 'through our server' : 'directly'}, and is hung up at the provider`, async ({
  page,
  context,
  baseURL,
  signInAsGuest,
}) => {
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  // Our own server answers the offer together with the request for the ticket.
  const path = isRelay ? '/api/voice/session' : '/realtime/calls';
  const offered = page.waitForResponse(
    (response) => response.url().endsWith(path) && response.request().method() === 'POST',
  );
  await context.clearPermissions();
  await signInAsGuest(page);
  // The provider may not have noticed yet that an earlier test's page is gone.
  const before = new Set((await sandboxCalls()).map(({ id }) => id));
  await page.getByRole('button', { name: 'Type instead' }).click();
  await askAgent(page);

  const answer = await offered;
  expect(answer.status()).toBe(201);
  const secret = /^Bearer (ek_\S+)$/.exec(answer.request().headers().authorization ?? '')?.[1];
  const live = (await sandboxCalls()).filter(({ id }) => !before.has(id));
  expect(live).toHaveLength(1);
  const [call] = live;
  expect(call?.safetyIdentifier).toMatch(/^[\w-]{43}$/);
  if (isRelay) {
    expect(posts.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
    expect(posts.filter((url) => /\/(sdp|connected)$/.test(url))).toEqual([]);
    expect(answer.headers()).not.toHaveProperty('location');
    expect(`${JSON.stringify(answer.headers())}${await answer.text()}`).not.toContain(call?.id);
    expect(call?.secret).toBeNull();
  } else {
    expect(call?.secret).toBe(secret);
  }

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByText('Call ended')).toBeVisible();
  const ended = (await sandboxCalls()).find(({ id }) => id === call?.id);
  expect(ended?.closeReason).toBe('hangup');
});
