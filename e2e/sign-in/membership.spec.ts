import { expect } from 'playwright/test';
import { askAgent } from '../states/visit.ts';
import {
  answerAs,
  beginSignIn,
  closeSite,
  expectIn,
  expectTurnedAway,
  sessionOf,
  signInAs,
  startCompanySite,
  test,
} from './company-site.ts';
import { IdentityProvider } from './provider/identity-provider.ts';

const NOT_ALLOWED = /^This account isn’t allowed on this site\./;
const user = (name: string, others: object = {}) => ({ name, groups: ['voice-users'], ...others });

test('someone of the company comes in by one button, and talks', async ({ page, company }) => {
  const { provider, site } = company;
  await provider.hire('ann', user('Ann Lee', { email: 'ann@acme.example', email_verified: true }));
  const asked = page.waitForRequest((request) => request.url().startsWith(`${provider.issuer}/auth?`));
  await signInAs(page, site, 'ann');
  await expectIn(page, site);

  const query = new URL((await asked).url()).searchParams;
  expect(query.get('scope')).toBe('openid email profile groups');
  expect(query.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)).toMatch(/^[\w-]{43}$/);

  expect((await sessionOf(page, site)).user).toMatchObject({ name: 'Ann Lee', role: 'user' });
  await page.getByRole('button', { name: 'Type instead' }).click();
  await askAgent(page);
  expect((await site.calls()).map(({ owner }) => owner)).toContainEqual(
    expect.stringMatching(/^oidc_[0-9a-f]{8}_ann$/),
  );
});

test('the sign-in page allows its forms to lead to the provider, and to nobody else', async ({
  page,
  company,
}) => {
  const headers = (await page.request.get(`${company.site.url}/login`)).headers();
  expect(headers['content-security-policy']).toContain(`form-action 'self' ${company.provider.issuer};`);
});

test('signing out ends the sign-in, and takes its cookie away', async ({ page, context, company }) => {
  const { provider, site } = company;
  await provider.hire('leaver', user('Lea Ver'));
  await signInAs(page, site, 'leaver');
  await expectIn(page, site);
  const isSignIn = ({ name }: { name: string }) => name.endsWith('.session');
  expect((await context.cookies(site.url)).filter(isSignIn)).toHaveLength(1);

  await page.getByRole('button', { name: 'Account: Lea Ver' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Continue with Acme' })).toBeVisible();
  expect((await context.cookies(site.url)).filter(isSignIn)).toEqual([]);
  expect(await sessionOf(page, site)).toEqual({});
});

test.describe('who may come in', () => {
  test('not someone of another group', async ({ page, company: { provider, site } }) => {
    await provider.hire('eve', { name: 'Eve', groups: ['voice-user', 'all'] });
    await signInAs(page, site, 'eve');
    await expectTurnedAway(page, site, NOT_ALLOWED, 'not_on_list');
  });

  test('someone on the list of addresses, without the group', async ({
    page,
    company: { provider, site },
  }) => {
    await provider.hire('listed', { name: 'Liz', email: 'Listed@acme.example', email_verified: true });
    await signInAs(page, site, 'listed');
    await expectIn(page, site);
  });

  test('not someone whose address nobody verified', async ({ page, company: { provider, site } }) => {
    await provider.hire('claimed', { name: 'Claire', email: 'listed@acme.example', email_verified: false });
    await signInAs(page, site, 'claimed');
    await expectTurnedAway(page, site, NOT_ALLOWED, 'not_on_list');
  });

  test('not someone whose groups the provider left out: they read why', async ({
    page,
    company: { provider, site },
  }) => {
    const elsewhere = {
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: 'https://x.example' } },
    };
    await provider.hire('manager', { name: 'Max', ...elsewhere });
    await signInAs(page, site, 'manager');
    await expectTurnedAway(page, site, /^Your account is in so many groups/, 'groups_left_out');
  });
});

test.describe('who is an administrator', () => {
  for (const [what, claims, role] of [
    ['someone of the group', user('Ada', { groups: ['voice-admins'] }), 'admin'],
    [
      'a verified address on the list',
      { name: 'Bo', email: 'boss@acme.example', email_verified: true },
      'admin',
    ],
    [
      'not an address on the list that nobody verified',
      user('Mal', { email: 'boss@acme.example', email_verified: false }),
      'user',
    ],
    [
      'not an address on the list without a word on it',
      user('Mallory', { email: 'boss@acme.example' }),
      'user',
    ],
  ] as const) {
    test(what, async ({ page, company: { provider, site } }) => {
      await provider.hire(`role ${what}`.replaceAll(' ', '-'), claims);
      await signInAs(page, site, `role ${what}`.replaceAll(' ', '-'));
      await expectIn(page, site);
      expect((await sessionOf(page, site)).user?.role).toBe(role);
      const end = await page.request.post(`${site.url}/api/admin/calls/call_none/end`, {
        data: {},
        headers: { origin: site.url },
      });
      expect(end.status()).toBe(role === 'admin' ? 404 : 403);
    });
  }
});

for (const sub of ['auth0|5f7c8ec7c33c6c004bbafe82', 'urn:acme:people/a:b@c', 'x'.repeat(255)]) {
  test(`the account ${sub.slice(0, 30)} is one person of ${sub.length} characters`, async ({
    page,
    company: { provider, site },
  }) => {
    await provider.hire(sub, user('Odd'));
    await signInAs(page, site, sub);
    await expectIn(page, site);
    expect((await sessionOf(page, site)).user?.id).toMatch(/^oidc_[0-9a-f]{8}_/);
    expect((await sessionOf(page, site)).user?.id.slice('oidc_12345678_'.length)).toBe(sub);
  });
}

test('whoever is taken off the list is out with the next request, and so is everyone of another issuer', async ({
  page,
  company: { provider, site },
}) => {
  await provider.hire('former', user('Fred'));
  await signInAs(page, site, 'former');
  await expectIn(page, site);

  // Browsers keep one jar for all ports of a host, so these sites get the cookie as the first one would after a restart.
  const stricter = await startCompanySite(provider, { AUTH_OIDC_ALLOWED_CLAIM: 'groups=others' });
  await page.goto(stricter.url);
  await expect(page.getByRole('alert').filter({ hasText: NOT_ALLOWED })).toBeVisible();
  await closeSite(page, stricter);

  const other = await IdentityProvider.start();
  const moved = await startCompanySite(other);
  await page.goto(moved.url);
  await expect(page.getByRole('button', { name: 'Continue with Acme' })).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: NOT_ALLOWED })).toHaveCount(0);
  await closeSite(page, moved);
  await other.stop();

  await page.goto(site.url);
  await expectIn(page, site);
});

test('a company whose ID tokens hold everything needs no more', async ({ page }) => {
  const provider = await IdentityProvider.start({ hasFatIdTokens: true });
  const site = await startCompanySite(provider);
  await provider.hire('ann', user('Ann Lee'));
  await beginSignIn(page, site);
  await answerAs(page, 'ann');
  await expectIn(page, site);
  expect((await sessionOf(page, site)).user?.name).toBe('Ann Lee');
  await closeSite(page, site);
  await provider.stop();
});
