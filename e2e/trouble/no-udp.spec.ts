import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import { shown, talk } from '../states/visit.ts';

test.skip(isRelay, 'A page that knows of no servers sends its offer before the ticket that names them.');

/** The site's own servers, as the server sends them with a ticket. Nothing listens at this one. */
const NOBODY = { urls: ['turn:127.0.0.1:9?transport=tcp'], username: 'voice', credential: 'word' };

const sendIce = (page: Page, policy: 'all' | 'relay') =>
  page.route('**/api/voice/session', async (route) => {
    const response = await route.fetch();
    const ticket = await response.json();
    await route.fulfill({ response, json: { ...ticket, ice: { servers: [NOBODY], policy } } });
  });

test('a network that lets no sound through: the reason names UDP and the way on', async ({
  page,
  signInAsGuest,
}) => {
  await sendIce(page, 'relay');
  await signInAsGuest(page);
  await talk(page);
  await expect(shown(page, /^Your network doesn’t let the call through\.$/)).toBeVisible({ timeout: 25_000 });
  await expect(page.getByText(/UDP/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('servers of the site’s own are one way among others: the page’s policy lets it use them', async ({
  page,
  signInAsGuest,
}) => {
  await sendIce(page, 'all');
  await signInAsGuest(page);
  await talk(page);
  await expect(page.getByRole('group', { name: 'Call controls' })).toBeVisible({ timeout: 20_000 });
});
