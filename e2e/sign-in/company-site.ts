import { expect, type Page } from 'playwright/test';
import { AttackServer } from '../attack/server/attack-server.ts';
import { test as base } from '../fixtures.ts';
import { IdentityProvider } from './provider/identity-provider.ts';

/** Who may come in, and who is an administrator. */
const RULES = {
  AUTH_GUEST: 'false',
  AUTH_OIDC_ALLOWED_CLAIM: 'groups=voice-users',
  AUTH_OIDC_ADMIN_CLAIM: 'groups=voice-admins',
  AUTH_ALLOWED_EMAILS: 'listed@acme.example',
  ADMIN_EMAILS: 'boss@acme.example',
};

/** Starts a site for the people of this provider. */
export const startCompanySite = (provider: IdentityProvider, env: Record<string, string> = {}) =>
  AttackServer.start({ env: { ...RULES, ...provider.variables, ...env } });

interface Company {
  provider: IdentityProvider;
  site: AttackServer;
}

export const test = base.extend<object, { company: Company }>({
  company: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures a function needs from its pattern.
    async ({}, use) => {
      const provider = await IdentityProvider.start();
      const site = await startCompanySite(provider);
      await use({ provider, site });
      await Promise.all([site.close(), provider.stop()]);
    },
    { scope: 'worker' },
  ],
});

/** Goes to the provider's page, as the button of the site does. */
export async function beginSignIn(page: Page, site: AttackServer): Promise<void> {
  await page.goto(`${site.url}/login`);
  await page.getByRole('button', { name: 'Continue with Acme' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in at Acme' })).toBeVisible();
}

/** Signs in there as this account. Where that leads is up to the test. */
export async function answerAs(page: Page, sub: string): Promise<void> {
  await page.getByLabel('Account').fill(sub);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signInAs(page: Page, site: AttackServer, sub: string): Promise<void> {
  await beginSignIn(page, site);
  await answerAs(page, sub);
}

/** Leaves the site, so that its page asks for nothing more, and stops it. */
export async function closeSite(page: Page, site: AttackServer): Promise<void> {
  await page.goto('about:blank');
  await site.close();
}

/** The visitor is in, on the Talk page. */
export async function expectIn(page: Page, site: AttackServer): Promise<void> {
  await expect(page.getByRole('button', { name: 'Talk', exact: true })).toBeVisible();
  expect(page.url()).toBe(`${site.url}/`);
}

/** The visitor is on the sign-in page again, reads this, and has no sign-in. The log has the cause, and no secret. */
export async function expectTurnedAway(
  page: Page,
  site: AttackServer,
  sentence: RegExp,
  cause: string,
): Promise<void> {
  await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/login');
  expect(await sessionOf(page, site)).toEqual({});
  await expect.poll(() => site.process.printed).toContain(`"cause":"${cause}"`);
}

interface Session {
  user?: { id: string; name: string; role: string };
}

export async function sessionOf(page: Page, site: AttackServer): Promise<Session> {
  return (await page.request.get(`${site.url}/api/auth/session`)).json();
}
