import { afterEach, beforeEach, expect, test } from 'vitest';
import { API_KEY, HttpHarness } from '../testing/http-harness.ts';

let server: HttpHarness;
beforeEach(async () => {
  server = await new HttpHarness({ faults: { hangup: { status: 503 } } }).start();
});
afterEach(() => server.close());

/** What a test does with the key of its scope. */
class Scope {
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }

  static async open(): Promise<Scope> {
    const { apiKey } = await server.json<{ apiKey: string }>(server.control('POST', '/__sandbox/scopes'));
    return new Scope(apiKey);
  }

  get headers() {
    return { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' };
  }

  control(method: string, what: string, body?: object): Promise<Response> {
    const content = body ? { body: JSON.stringify(body) } : {};
    return fetch(new URL(`/__sandbox/${what}`, server.baseUrl), {
      method,
      headers: this.headers,
      ...content,
    });
  }

  mint(body: object = {}): Promise<string> {
    return server.mint(body, this.headers);
  }

  /** Resolves to the id of the call. */
  async call(): Promise<string> {
    const response = await server.offer(await this.mint());
    return response.headers.get('location')?.split('/').pop() ?? '';
  }

  async callIds(): Promise<string[]> {
    const { calls } = await server.json<{ calls: { id: string }[] }>(this.control('GET', 'calls'));
    return calls.map(({ id }) => id);
  }
}

const main = new Scope(API_KEY);

test('a scope sees its own calls, and no other scope does', async () => {
  const [one, other] = [await Scope.open(), await Scope.open()];
  const [first, second, outside] = [await one.call(), await other.call(), await main.call()];
  expect(await one.callIds()).toEqual([first]);
  expect(await other.callIds()).toEqual([second]);
  expect(await main.callIds()).toEqual([outside]);
  const stranger = await server.post(`/realtime/calls/${first}/hangup`, undefined, other.headers);
  await other.control('POST', 'faults', { hangup: null });
  const stillStranger = await server.post(`/realtime/calls/${first}/hangup`, undefined, other.headers);
  expect([stranger.status, stillStranger.status]).toEqual([503, 404]);
});

test('faults strike in the scope where they were ordered; those from the start in all', async () => {
  const [one, other] = [await Scope.open(), await Scope.open()];
  await one.control('POST', 'faults', { mint: { status: 429 }, now: { action: 'expire_secrets' } });
  const statuses = await Promise.all(
    [one, other, main].map(
      async ({ headers }) => (await server.post('/realtime/client_secrets', {}, headers)).status,
    ),
  );
  expect(statuses).toEqual([429, 200, 200]);
  await one.control('DELETE', 'faults');
  const callId = await one.call();
  expect((await server.post(`/realtime/calls/${callId}/hangup`, undefined, one.headers)).status).toBe(200);
  expect(
    (await server.post(`/realtime/calls/${await other.call()}/hangup`, undefined, other.headers)).status,
  ).toBe(503);
});

test('a scope moves its own time: secrets expire, sessions end', async () => {
  const [one, other] = [await Scope.open(), await Scope.open()];
  const [mine, yours] = [await one.mint(), await other.mint()];
  await one.call();
  const peer = server.media.peers.at(-1);
  await other.call();
  const another = server.media.peers.at(-1);
  await one.control('POST', 'faults', { clock: { advanceMs: 601_000 } });
  expect([(await server.offer(mine)).status, (await server.offer(yours)).status]).toEqual([401, 201]);
  await one.control('POST', 'faults', { clock: { advanceMs: 3_000_000 } });
  expect(peer?.sent.join('')).toContain('session_expired');
  expect(another?.sent.join('')).not.toContain('session_expired');
  const minted = await server.json<{ expires_at: number }>(
    server.post('/realtime/client_secrets', {}, one.headers),
  );
  expect(minted.expires_at).toBeGreaterThan(Date.now() / 1_000 + 4_000);
});

test('a scope ends with its calls, and its key with it', async () => {
  const one = await Scope.open();
  await one.call();
  const outside = await main.call();
  expect((await one.control('DELETE', 'scopes')).status).toBe(200);
  expect(server.media.peers[0]?.closed).toBe(true);
  expect(await main.callIds()).toEqual([outside]);
  expect((await one.control('GET', 'calls')).status).toBe(401);
  expect((await server.offer(one.key)).status).toBe(401);
  expect((await main.control('DELETE', 'scopes')).status).toBe(400);
});

test('a sandbox that takes any key takes that of an ended scope no longer', async () => {
  await server.close();
  server = await new HttpHarness({ apiKey: null }).start();
  const one = await Scope.open();
  await one.control('DELETE', 'scopes');
  expect((await one.control('GET', 'calls')).status).toBe(401);
});

test('a secret opens no scope, and a preflight belongs to none', async () => {
  const secret = new Scope(await main.mint());
  expect((await secret.control('POST', 'scopes')).status).toBe(401);
  const one = await Scope.open();
  const refused = await one.control('POST', 'faults', { strictCors: {} });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('strictCors')]);
});
