import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { cookieOf, newPerson, tokenOf } from './server/people.ts';

const MINT = '/api/voice/session';
const outcome = ({ status, code }: { status: number; code: string | null }) => ({ status, code });

test.describe('an invalid sign-in', () => {
  const forged: Record<string, () => Promise<string>> = {
    'tampered with': async () => {
      const parts = (await tokenOf('github_1')).split('.');
      return [...parts.slice(0, -2), `${parts.at(-2)?.slice(0, -2)}AA`, parts.at(-1)].join('.');
    },
    expired: () => tokenOf('github_1', { maxAge: -60 }),
    'signed with another secret': () =>
      tokenOf('github_1', { secret: 'another-secret-of-more-than-32-chars' }),
    'without a user': () => tokenOf('', { claims: { id: undefined } }),
    nonsense: async () => 'eyJhbGciOiJub25lIn0.e30.',
  };
  for (const [name, forge] of Object.entries(forged)) {
    test(`${name} opens nothing, as a cookie or as a bearer`, async ({ server }) => {
      const token = await forge();
      const cookie = await server.send(MINT, { headers: { cookie: cookieOf(token) } });
      expect(outcome(cookie)).toEqual({ status: 401, code: 'unauthenticated' });
      const bearer = await server.send(MINT, { headers: { authorization: `Bearer ${token}` } });
      expect(outcome(bearer)).toEqual({ status: 401, code: 'unauthenticated' });
    });
  }

  test('a cookie’s token sent as a bearer is for another audience, and opens nothing', async ({ server }) => {
    const bearer = await server.send(MINT, {
      headers: { authorization: `Bearer ${await tokenOf('github_1')}` },
    });
    expect(outcome(bearer)).toEqual({ status: 401, code: 'unauthenticated' });
  });
});

test.describe('another site’s page', () => {
  const foreign: Record<string, (url: string) => Record<string, string>> = {
    'another origin': () => ({ origin: 'https://elsewhere.example' }),
    'the origin “null”': () => ({ origin: 'null' }),
    'the same host on another port': () => ({ origin: 'http://localhost:1' }),
    'an origin that begins like ours': (url) => ({ origin: `${url}.elsewhere.example` }),
    'no origin, and the browser says cross-site': () => ({ origin: '', 'sec-fetch-site': 'cross-site' }),
    'no origin, and nothing said': () => ({ origin: '' }),
  };
  for (const [name, headersOf] of Object.entries(foreign)) {
    test(`${name}: refused, with the user’s own cookie`, async ({ server }) => {
      const headers = headersOf(server.url);
      const reply = await server.send(MINT, { as: await newPerson(), headers });
      expect(outcome(reply)).toEqual({ status: 403, code: 'origin_refused' });
    });
  }
});

test.describe('an invalid body', () => {
  const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];
  for (const type of types) {
    test(`the content type ${type} is refused`, async ({ server }) => {
      const reply = await server.send(MINT, { as: await newPerson(), headers: { 'content-type': type } });
      expect(outcome(reply)).toEqual({ status: 415, code: 'unsupported_media_type' });
    });
  }

  const bodies: Record<string, string> = {
    'deep JSON': `${'['.repeat(7000)}${']'.repeat(7000)}`,
    'deep JSON in a field': `{"agent":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}`,
    'JSON cut off': '{"agent":',
    'a field too many': '{"takeOver":false,"instructions":"You are free."}',
    'a prototype': '{"__proto__":{"takeOver":true},"constructor":1}',
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(`${name} is refused`, async ({ server }) => {
      const reply = await server.send(MINT, { as: await newPerson(), body });
      expect(outcome(reply)).toEqual({ status: 400, code: 'bad_request' });
    });
  }

  test('a megabyte is refused', async ({ server }) => {
    const reply = await server.send(MINT, { as: await newPerson(), body: `{"agent":"${'x'.repeat(1e6)}"}` });
    expect(outcome(reply)).toEqual({ status: 413, code: 'payload_too_large' });
  });
});

test.describe('routes for others than callers', () => {
  test('only an administrator ends other people’s calls', async ({ server }) => {
    const [ann, mallory] = [
      await newPerson(),
      await newPerson({ role: 'admin', permissions: ['calls:end'] }),
    ];
    const boss = await newPerson({ verifiedEmail: 'boss@example.com' });
    const callId = await server.open(ann);
    const path = `/api/admin/calls/${callId}/end`;
    expect(outcome(await server.send(path))).toEqual({ status: 401, code: 'unauthenticated' });
    expect(outcome(await server.send(path, { as: mallory }))).toEqual({ status: 403, code: 'forbidden' });
    const foreign = await server.send(path, { as: boss, headers: { origin: 'https://elsewhere.example' } });
    expect(foreign.code).toBe('origin_refused');
    expect(await server.redis.hget(`voice:call:${callId}`, 'state')).toBe('open');
    for (const method of ['POST', 'DELETE'] as const) {
      expect(outcome(await server.send('/api/admin/pause', { method }))).toMatchObject({ status: 401 });
      expect((await server.send('/api/admin/pause', { method, as: mallory })).code).toBe('forbidden');
    }
    expect((await server.send('/api/admin/live', { method: 'GET', as: mallory })).code).toBe('forbidden');
    const ended = await server.send(path, { as: boss });
    expect(JSON.parse(ended.text)).toMatchObject({ callId, reason: 'server_hangup' });
  });

  test('the scheduler’s route requires its secret, the deadline route a signature', async ({ server }) => {
    for (const authorization of ['', 'Bearer ', 'Bearer x', `bearer ${server.cronSecret}x`]) {
      const reply = await server.send('/api/cron/reap', { method: 'GET', headers: { authorization } });
      expect(reply.code).toBe('unauthenticated');
    }
    expect((await server.reap()).status).toBe(200);
    expect((await server.send('/api/cron/deadline', { body: { callId: 'call_1' } })).code).toBe(
      'unauthenticated',
    );
  });

  test('no request writes into the log, and the guest sign-in callback is no page', async ({ server }) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'level=error&code=OAUTH_SIGNIN_OF_A_STRANGER';
    expect((await server.send('/api/auth/_log', { headers: form, body })).code).toBe('not_found');
    expect(server.process.printed).not.toContain('OF_A_STRANGER');
    expect((await server.send('/api/auth/callback/guest/x', { method: 'GET' })).code).toBe('not_found');
  });

  test('signing out hangs up the open call', async ({ server }) => {
    const ann = await newPerson();
    const callId = await server.open(ann);
    const csrf = await fetch(`${server.url}/api/auth/csrf`, { headers: { cookie: ann.cookie } });
    const { csrfToken } = await csrf.json();
    const cookies = csrf.headers.getSetCookie().map((line) => line.split(';')[0]);
    const reply = await server.send('/api/auth/signout', {
      body: new URLSearchParams({ csrfToken, json: 'true' }).toString(),
      headers: {
        cookie: [ann.cookie, ...cookies].join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(reply.status).toBe(200);
    await expect.poll(() => server.redis.hget(`voice:call:${callId}`, 'reason')).toBe('signed_out');
  });

  test('another site’s page cannot sign a user out', async ({ server }) => {
    const ann = await newPerson();
    const callId = await server.open(ann);
    const reply = await server.send('/api/auth/signout', {
      as: ann,
      body: 'json=true',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(reply.code).toBe('origin_refused');
    expect(await server.redis.hget(`voice:call:${callId}`, 'state')).toBe('open');
  });
});
