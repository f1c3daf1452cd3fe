import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { GOOD_OFFER } from './fuzz/offers.ts';
import { AttackServer, type Reply } from './server/attack-server.ts';
import { databaseState } from './server/database-state.ts';
import { cookieOf, newPerson, tokenOf } from './server/people.ts';

/** Values to search for afterwards. Each is sent in its own kind of field, and in others. */
const CANARIES = {
  request_key: 'sk-canary-4f1c9a77e0',
  sdp: 'CanarySdp7b1d20',
  transcript: 'CanaryTranscript5e9a',
  email: 'canary.mail@example.com',
  argument: 'CanaryArgument93c1',
  oauth_code: 'CanaryCode88d0',
};

let server: AttackServer;
const secrets = new Map<string, string>(Object.entries(CANARIES));
const replies: Reply[] = [];

test.beforeAll(async () => {
  server = await AttackServer.start({
    env: {
      VOICE_CONNECT: 'relay',
      LOG_LEVEL: 'trace',
      AUTH_GITHUB_ID: 'github-client',
      AUTH_GITHUB_SECRET: 'CanaryGithubSecret2c',
    },
  });
  secrets.set('api_key', process.env.SANDBOX_API_KEY ?? '');
  secrets.set('auth_secret', process.env.AUTH_SECRET ?? '');
  secrets.set('cron_secret', server.cronSecret);
  secrets.set('github_secret', 'CanaryGithubSecret2c');
});
test.afterAll(() => server.close());

async function send(...request: Parameters<AttackServer['send']>): Promise<Reply> {
  const reply = await server.send(...request);
  replies.push(reply);
  return reply;
}

/** Sends good and bad requests to every route, with a canary in every field. */
async function visitEverything(): Promise<void> {
  const person = await newPerson({ verifiedEmail: CANARIES.email });
  const opened = await server.mint(person);
  const { callId, secret, tools } = JSON.parse(opened.text);
  const toolNames: string[] = tools.map(({ name }: { name: string }) => name);
  secrets.set('ticket', secret.value);
  secrets.set('cookie', person.cookie.split('=').slice(1).join('='));

  const call = `/api/voice/calls/${callId}`;
  const sdp = { 'content-type': 'application/sdp' };
  const ticket = { authorization: `Bearer ${secret.value}` };
  const offer = GOOD_OFFER.replace('s=-', `s=${CANARIES.sdp}`);
  const words = { transcript: CANARIES.transcript, email: CANARIES.email, key: CANARIES.request_key };
  const tool = (args: object) => ({
    toolCallId: `call_${Math.random().toString(36).slice(2)}`,
    arguments: args,
  });

  await send('/api/voice/session', { as: person, body: words });
  await send('/api/voice/session', { as: person, headers: { 'x-openai-api-key': CANARIES.request_key } });
  await send('/api/voice/session', { headers: { authorization: `Bearer ${CANARIES.request_key}` } });
  await send('/api/voice/session', { headers: { cookie: cookieOf(`${CANARIES.argument}.x`) } });
  await send('/api/voice/session', { as: person, body: `{"agent":"${CANARIES.transcript}` });
  await send(`${call}/sdp`, { as: person, headers: { ...sdp, ...ticket }, body: `v=0\r\n${CANARIES.sdp}` });
  await send(`${call}/sdp`, { as: person, headers: { ...sdp, ...ticket }, body: offer });
  await send(`${call}/sdp`, { as: person, headers: { ...sdp, ...ticket }, body: offer });
  await send(`${call}/connected`, { as: person, body: { rtcCallId: CANARIES.sdp } });
  await send(`${call}/connected`, { as: person, body: { rtcCallId: `rtc_${CANARIES.argument}`, ...words } });
  for (const name of [...toolNames, CANARIES.argument]) {
    const body = tool({ service: CANARIES.argument, day: CANARIES.argument, words });
    await send(`${call}/tools/${name}`, { as: person, body });
    await send(`${call}/tools/${name}/preview`, { as: person, body: { arguments: body.arguments } });
    await send(`${call}/tools/${name}/preview`, { as: person, body });
  }
  await send(`${call}/resume`, { as: person, body: words });
  await send(`${call}/end`, { as: person, body: { reason: CANARIES.transcript } });
  await send(`${call}/end`, { as: person, body: { reason: 'user' } });
  await send(`/api/admin/calls/${CANARIES.argument}/end`, { as: person });
  await send('/api/voice/token', { as: person, body: words });
  await send('/api/cron/reap', {
    method: 'GET',
    headers: { authorization: `Bearer ${CANARIES.request_key}` },
  });
  await send('/api/cron/deadline', {
    body: words,
    headers: { 'upstash-signature': await tokenOf(CANARIES.argument) },
  });
  const callback = `code=${CANARIES.oauth_code}&state=x&email=${CANARIES.email}`;
  await send(`/api/auth/callback/github?${callback}`, { method: 'GET' });
  await send('/api/auth/callback/guest', { body: { csrfToken: CANARIES.argument, ...words } });
  await send('/api/auth/error?error=Callback', { method: 'GET' });
  await send(`/api/${CANARIES.argument}?key=${CANARIES.request_key}`, { body: words });
}

const found = (text: string, ...except: string[]): string[] =>
  [...secrets]
    .filter(([name, value]) => !except.includes(name) && text.includes(value))
    .map(([name]) => name);

test('no key, secret, ticket, SDP, transcript, e-mail or argument leaks anywhere', async () => {
  await visitEverything();
  for (const value of secrets.values()) expect(value.length).toBeGreaterThan(8);

  await test.step('in a response or its headers', () => {
    for (const { status, text, headers } of replies) {
      const whole = `${text}\n${JSON.stringify([...headers])}`;
      expect(found(whole), `${status} ${text.slice(0, 200)}`).toEqual([]);
    }
    expect(replies.filter(({ status }) => status >= 400).length).toBeGreaterThan(10);
  });

  await test.step('in the audit trail', async () => {
    const read = async () => JSON.stringify(await server.redis.xrange('voice:audit', '-', '+'));
    await expect.poll(read).toContain('call_ended');
    const entries = await read();
    expect(found(entries)).toEqual([]);
    expect(entries).not.toContain('github_');
  });

  await test.step('in the log', async () => {
    await expect.poll(() => server.process.printed).toContain('"event":"call_ended"');
    await expect.poll(() => server.process.printed).toContain('sign_in_failed');
    expect(found(server.process.printed)).toEqual([]);
  });

  await test.step('in the database', async () => {
    expect(found(JSON.stringify(await databaseState(server.redis)))).toEqual([]);
  });
});
