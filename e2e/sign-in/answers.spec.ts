import type { BrowserContext, Page } from 'playwright/test';
import { expect } from 'playwright/test';
import type { AttackServer } from '../attack/server/attack-server.ts';
import {
  beginSignIn,
  closeSite,
  expectIn,
  expectTurnedAway,
  signInAs,
  startCompanySite,
  test,
} from './company-site.ts';
import { IdentityProvider } from './provider/identity-provider.ts';

const STALE = /^That sign-in took too long, or was started in another window\./;
const USED = /^That sign-in has already been used, or came too late\./;
const REFUSED = /^The sign-in service sent an answer that this site can’t accept\./;

test.beforeEach(({ company: { provider } }) =>
  provider.order({
    people: { ann: { name: 'Ann', groups: ['voice-users'] } },
    audience: null,
    clockAheadSeconds: 0,
  }),
);

/** Signs in at the provider, and returns its answer before the site has it: its address, with the cookies of that moment. */
async function catchAnswer(page: Page, context: BrowserContext, site: AttackServer, sub: string) {
  await beginSignIn(page, site);
  const form = { account: sub, answer: 'yes' };
  let response = await page.request.post(page.url(), { form, maxRedirects: 0 });
  let url = response.headers().location ?? '';
  while (!url.startsWith(`${site.url}/api/auth/callback/oidc?`)) {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    response = await page.request.get(url, { maxRedirects: 0 });
    url = response.headers().location ?? '';
  }
  return { url, cookies: await context.cookies(site.url) };
}

test('someone who cancels at the provider reads that nobody was let in, and can try again', async ({
  page,
  company: { site },
}) => {
  await beginSignIn(page, site);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expectTurnedAway(page, site, /^The sign-in service didn’t let you in/, 'denied_by_provider');
  await signInAs(page, site, 'ann');
  await expectIn(page, site);
});

test('an answer with another state is refused', async ({ page, context, company: { site } }) => {
  const { url } = await catchAnswer(page, context, site, 'ann');
  const forged = new URL(url);
  forged.searchParams.set('state', 'x'.repeat(43));
  await page.goto(forged.href);
  await expectTurnedAway(page, site, STALE, 'round_trip_lost');
});

test('an answer that another browser got is refused', async ({
  page,
  context,
  browser,
  company: { site },
}) => {
  const { url } = await catchAnswer(page, context, site, 'ann');
  const victim = await browser.newContext();
  const window = await victim.newPage();
  await window.goto(url);
  await expectTurnedAway(window, site, STALE, 'round_trip_lost');
  await victim.close();
});

test('an answer counts once, even for the browser that got it', async ({
  page,
  context,
  company: { site },
}) => {
  const { url, cookies } = await catchAnswer(page, context, site, 'ann');
  await page.goto(url);
  await expectIn(page, site);

  await context.clearCookies();
  await page.goto(url);
  await expectTurnedAway(page, site, STALE, 'round_trip_lost');

  await context.addCookies(cookies);
  await page.goto(url);
  await expectTurnedAway(page, site, USED, 'code_refused');
});

test('a code that comes too late is refused', async ({ page, context, company: { provider, site } }) => {
  const { url } = await catchAnswer(page, context, site, 'ann');
  await provider.order({ clockAheadSeconds: 120 });
  await page.goto(url);
  await expectTurnedAway(page, site, USED, 'code_refused');
});

test('an ID token for another application is refused', async ({ page, company: { provider, site } }) => {
  await provider.order({ audience: 'another-application' });
  await signInAs(page, site, 'ann');
  await expectTurnedAway(page, site, REFUSED, 'wrong_audience');
});

test('an ID token of yesterday is refused', async ({ page, context, company: { provider, site } }) => {
  const { url } = await catchAnswer(page, context, site, 'ann');
  await provider.order({ clockAheadSeconds: -24 * 3600 });
  await page.goto(url);
  await expectTurnedAway(page, site, REFUSED, 'wrong_time');
});

test('an ID token that is signed in another way than the settings say is refused', async ({
  page,
  company: { provider },
}) => {
  const site = await startCompanySite(provider, { AUTH_OIDC_ALG: 'ES256' });
  await signInAs(page, site, 'ann');
  await expectTurnedAway(page, site, REFUSED, 'wrong_algorithm');
  await closeSite(page, site);
});

test('a provider that does not know this site’s secret is the owner’s to cure', async ({
  page,
  company: { provider },
}) => {
  const site = await startCompanySite(provider, { AUTH_OIDC_SECRET: 'another-secret' });
  await signInAs(page, site, 'ann');
  await expectTurnedAway(page, site, /^Sign-in isn’t set up correctly on this site\./, 'client_refused');
  await closeSite(page, site);
});

test('while the provider is down the visitor reads so, and the log says what to check', async ({ page }) => {
  const provider = await IdentityProvider.start();
  const site = await startCompanySite(provider);
  await provider.stop();
  await page.goto(`${site.url}/login`);
  await page.getByRole('button', { name: 'Continue with Acme' }).click();
  await expectTurnedAway(page, site, /^We couldn’t reach the sign-in service\./, 'provider_unreachable');
  await closeSite(page, site);
});

test('a provider that goes down in the middle of a sign-in leaves the visitor on the sign-in page', async ({
  page,
  context,
}) => {
  const provider = await IdentityProvider.start();
  const site = await startCompanySite(provider);
  await provider.hire('ann', { name: 'Ann', groups: ['voice-users'] });
  const { url } = await catchAnswer(page, context, site, 'ann');
  await provider.stop();
  await page.goto(url);
  await expectTurnedAway(page, site, /^We couldn’t reach the sign-in service\./, 'provider_unreachable');
  await closeSite(page, site);
});

test('no code, token, claim or secret of a sign-in is in the log', async ({ page, context, company }) => {
  const { provider, site } = company;
  const claims = { name: 'Canary Name', email: 'canary@acme.example', groups: ['canary-group'] };
  await provider.hire('canary-sub', claims);
  const { url, cookies } = await catchAnswer(page, context, site, 'canary-sub');
  await page.goto(url);
  await expectTurnedAway(page, site, /^This account isn’t allowed on this site\./, 'not_on_list');
  await context.addCookies(cookies);
  await page.goto(url);
  await expectTurnedAway(page, site, USED, 'code_refused');

  const { code = '', state = '' } = Object.fromEntries(new URL(url).searchParams);
  const secrets = [code, state, provider.secret, ...Object.values(claims).flat(), 'canary-sub', 'eyJ'];
  expect(secrets.filter((secret) => site.process.printed.includes(secret))).toEqual([]);
});
