import { encode, type JWT } from 'next-auth/jwt';
import { beforeAll, describe, expect, test } from 'vitest';
import { issueAccessToken, requireTokenUser } from '@/lib/server/auth/access-token';
import { requireCaller, requireCallerBesideTicket } from '@/lib/server/auth/caller';
import { readAuthToken } from '@/lib/server/auth/token';
import { refusedWith } from '@/lib/server/testing/call-fixture';

const SECRET = 'a-secret-of-more-than-32-characters';
const SALT = 'parley voice api';
const SIGN_IN: JWT = { id: 'github_1', name: 'Ann', verifiedEmail: 'ann@example.com' };
const GOOD = { id: 'github_1', permissions: ['voice:connect'], iss: 'parley', aud: 'parley:voice-api' };

beforeAll(() => {
  process.env.AUTH_SECRET = SECRET;
  process.env.ADMIN_EMAILS = 'ann@example.com';
  process.env.AUTH_GUEST = 'false';
});

const sign = (claims: object, { secret = SECRET, salt = SALT, maxAge = 60 } = {}) =>
  encode({ token: claims as JWT, secret, salt, maxAge });

const userOfToken = (token: string) => requireTokenUser(token, new Headers());

describe('an access token', () => {
  test('names the user, for a quarter of an hour', async () => {
    const { token, expiresAt } = await issueAccessToken(SIGN_IN);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(895_000);
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(900_000);
    expect(await userOfToken(token)).toMatchObject({ id: 'github_1', name: 'Ann', role: 'admin' });
  });

  test('lets an administrator talk and nothing else', async () => {
    const { token } = await issueAccessToken(SIGN_IN);
    expect((await userOfToken(token)).permissions).toEqual(['voice:connect']);
    expect((await userOfToken(await sign({ ...GOOD, permissions: [] }))).permissions).toEqual([]);
  });

  test('does not pass as a sign-in cookie', async () => {
    const { token } = await issueAccessToken(SIGN_IN);
    expect(await readAuthToken({ get: () => ({ value: token }) })).toBeNull();
  });

  test.each<[string, () => Promise<string>]>([
    ['expired', () => sign(GOOD, { maxAge: -60 })],
    ['of another secret', () => sign(GOOD, { secret: 'another-secret-of-more-than-32-chars' })],
    ['for another audience', () => sign({ ...GOOD, aud: 'parley:admin-api' })],
    ['for nobody in particular', () => sign({ ...GOOD, aud: undefined })],
    ['of another issuer', () => sign({ ...GOOD, iss: 'elsewhere' })],
    ['of nobody', () => sign({ ...GOOD, id: '' })],
    ['with a permission it cannot have', () => sign({ ...GOOD, permissions: ['calls:end'] })],
    ['without permissions', () => sign({ ...GOOD, permissions: undefined })],
    ['of a guest where guests are not let in', () => sign({ ...GOOD, id: 'guest_1' })],
    ['that is a sign-in cookie', () => sign(SIGN_IN, { salt: '' })],
    ['that is a sign-in cookie with the right claims', () => sign(GOOD, { salt: '' })],
    ['tampered with', async () => `${(await sign(GOOD)).slice(0, -4)}AAAA`],
    ['that is nonsense', async () => 'nonsense'],
  ])('%s is refused', async (_, make) => {
    await expect(userOfToken(await make())).rejects.toEqual(refusedWith('unauthenticated'));
  });
});

describe('a request', () => {
  const request = (headers: Record<string, string>) =>
    new Request('https://voice.test/api', { method: 'POST', headers: { host: 'voice.test', ...headers } });

  test.each<[string, Record<string, string>]>([
    ['without an origin', {}],
    ['from any page', { origin: 'https://elsewhere.example' }],
  ])('with a token needs no origin of ours: %s', async (_, headers) => {
    const { token } = await issueAccessToken(SIGN_IN);
    const user = await requireCaller(request({ authorization: `Bearer ${token}`, ...headers }));
    expect(user.id).toBe('github_1');
  });

  test('with a bad token is refused despite its cookie', async () => {
    const cookie = `session=${await sign(SIGN_IN, { salt: '' })}`;
    const bad = request({ authorization: 'Bearer nonsense', cookie, 'sec-fetch-site': 'same-origin' });
    await expect(requireCaller(bad)).rejects.toEqual(refusedWith('unauthenticated'));
  });

  test('with a proxy’s password counts as one without a token', async () => {
    const basic = request({ authorization: 'Basic dXNlcjpwYXNz', origin: 'https://elsewhere.example' });
    await expect(requireCaller(basic)).rejects.toEqual(refusedWith('origin_refused'));
  });

  test('whose bearer is the ticket of a call brings its token beside it', async () => {
    const { token } = await issueAccessToken(SIGN_IN);
    const headers = { authorization: 'Bearer ek_ticket', 'x-parley-token': token };
    expect((await requireCallerBesideTicket(request(headers))).id).toBe('github_1');
    await expect(requireCallerBesideTicket(request({ authorization: 'Bearer ek_ticket' }))).rejects.toEqual(
      refusedWith('origin_refused'),
    );
  });
});
