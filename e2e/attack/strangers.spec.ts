import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { AttackServer } from './server/attack-server.ts';
import { newPerson } from './server/people.ts';

/** A site on the internet where people sign in with GitHub. */
const OPEN = { PARLEY_SANDBOX: '0', AUTH_GUEST: '', AUTH_GITHUB_ID: 'id', AUTH_GITHUB_SECRET: 'secret' };
const CLOSED = { ...OPEN, AUTH_ALLOWED_EMAILS: 'ann@example.com', AUTH_ALLOWED_DOMAINS: 'corp.example' };

test.describe('where anyone with a free account may sign in', () => {
  let server: AttackServer;
  test.beforeAll(async () => {
    server = await AttackServer.start({ env: OPEN });
  });
  test.afterAll(() => server.close());

  test('a stranger is relayed, and the provider is not asked for a secret', async () => {
    const reply = await server.mint(await newPerson({ verifiedEmail: 'eve@evil.example' }));
    const { callId, callUrl } = JSON.parse(reply.text);
    expect(callUrl).toBe(`${server.url}/api/voice/calls/${callId}/sdp`);
    expect(server.toProvider.passed.map(({ path }) => path)).not.toContain('/v1/realtime/client_secrets');
  });

  test('VOICE_CONNECT=direct changes nothing without the variable that names the risk', async () => {
    const asked = await AttackServer.start({ env: { ...OPEN, VOICE_CONNECT: 'direct' } });
    const reply = await asked.mint(await newPerson());
    expect(JSON.parse(reply.text).callUrl).toContain(`${asked.url}/api/voice/calls/`);
    await expect
      .poll(() => asked.process.printed)
      .toContain('VOICE_CONNECT=direct does not count for strangers');
    await asked.close();
  });
});

test.describe('where an allow-list closes the sign-in', () => {
  let server: AttackServer;
  test.beforeAll(async () => {
    server = await AttackServer.start({ env: CLOSED });
  });
  test.afterAll(() => server.close());

  for (const verifiedEmail of ['Ann@example.com', 'bob@corp.example']) {
    test(`${verifiedEmail} is on it, and connects directly`, async () => {
      const reply = await server.mint(await newPerson({ verifiedEmail }));
      expect(reply.status).toBe(201);
      expect(JSON.parse(reply.text).callUrl).not.toContain(server.url);
    });
  }

  for (const verifiedEmail of ['eve@example.com', 'eve@corp.example.evil.example', null]) {
    test(`a cookie of ${verifiedEmail}, who is not on it, opens nothing and is told so`, async () => {
      const eve = await newPerson({ verifiedEmail });
      expect((await server.mint(eve)).code).toBe('unauthenticated');
      expect((await server.send('/api/voice/token', { as: eve })).code).toBe('unauthenticated');
      const home = await server.send('/', { as: eve, method: 'GET' });
      expect(home.headers.get('location') ?? home.text).toContain('/login');
      const login = await server.send('/login', { as: eve, method: 'GET' });
      expect(login.text).toContain('This account isn’t allowed on this site.');
    });
  }
});
