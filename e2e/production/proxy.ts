import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox } from '@parley/realtime-sandbox';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { callInBrowser } from './browser-call.ts';
import { endGuestCall, openGuestCall, postAs } from './guest-call.ts';
import { type ImageSite, type Provider, startImageSite } from './image-site.ts';
import { type ImageFolder, prepareImage } from './prepare-image.ts';
import { HOST, PROXIES, type ProxyName, type SiteProxy, startProxy } from './proxies.ts';
import { isInstalled, requirePrograms, runProof } from './run-proof.ts';
import { sendSlowly } from './slow-sender.ts';
import { step } from './step.ts';
import { REDIS_PROGRAMS } from './system-redis.ts';
import { visit } from './visitor.ts';

const SITE = `https://${HOST}`;
const CALL_SECONDS = 300;
const CALLS_OF_A_NETWORK = 3;
/** Either is enough. The first believes the proxy's headers, the second nobody's. Empty lines count as not set. */
const SETTINGS: Record<string, Record<string, string>> = {
  AUTH_TRUST_HOST: { AUTH_TRUST_HOST: 'true', NEXTAUTH_URL: '', VERCEL: '', VERCEL_URL: '' },
  NEXTAUTH_URL: { NEXTAUTH_URL: SITE },
};
/** The network of those who lie. This machine has all addresses that begin with 127. */
const LIARS = '127.0.0.3';
/** What a visitor might send in order to be taken for another site, or for somebody else each time. */
const liesOf = (turn: number): Record<string, string> => ({
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-for': `198.51.100.${turn}`,
  'x-real-ip': `198.51.100.${turn}`,
  forwarded: `for=198.51.100.${turn};host=evil.example;proto=http`,
});

async function signInAndCall(proxy: SiteProxy): Promise<void> {
  const cookies: string[] = [];
  const send = visit(proxy, { cookies });
  const call = await openGuestCall(SITE, send);
  await endGuestCall(SITE, call, send);
  assert.ok(cookies.length >= 3, `Only these cookies were set: ${cookies}`);
  for (const cookie of cookies) assert.match(cookie, /; Secure/);
  const page = await send(`${SITE}/login`, {});
  assert.equal(page.status, 200);
  assert.match(page.headers.get('strict-transport-security') ?? '', /max-age=\d{8}/);
}

async function refuseLies(proxy: SiteProxy): Promise<void> {
  const send = visit(proxy, { from: LIARS, headers: liesOf(1) });
  const home = await send(SITE, {});
  assert.equal(home.headers.get('location'), `${SITE}/login`);
  assert.match(home.headers.get('strict-transport-security') ?? '', /max-age/);
  const { cookie } = await openGuestCall(SITE, send);
  const asEvil = visit(proxy, { from: LIARS, headers: { ...liesOf(1), origin: 'https://evil.example' } });
  const foreign = await postAs(cookie, `${SITE}/api/voice/session`, {}, asEvil);
  assert.equal(foreign.status, 403, await foreign.text());
}

/** Guests of one network share its seconds, whatever they say about themselves; those of another have their own. */
async function countNetworks(proxy: SiteProxy): Promise<void> {
  // One call is open already.
  for (let turn = 2; turn <= CALLS_OF_A_NETWORK; turn++) {
    await openGuestCall(SITE, visit(proxy, { from: LIARS, headers: liesOf(turn) }));
  }
  const oneMore = openGuestCall(SITE, visit(proxy, { from: LIARS, headers: liesOf(99) }));
  await assert.rejects(oneMore, /allowance_exhausted|network_busy/);
  await openGuestCall(SITE, visit(proxy, { from: '127.0.0.2' }));
}

async function refuseStrangeRequests(name: ProxyName, proxy: SiteProxy): Promise<void> {
  const plain = await visit(proxy)(`http://${HOST}/calls?page=2`, {});
  assert.ok([301, 308].includes(plain.status), `Plain HTTP: ${plain.status}`);
  assert.match(plain.headers.get('location') ?? '', /^https:\/\/voice\.example\.com(:\d+)?\/calls\?page=2$/);
  const strange = await visit(proxy)('https://evil.example/login', {}).catch(() => null);
  assert.equal(
    strange?.headers.get('content-security-policy') ?? null,
    null,
    'Another name reached the site.',
  );
  const large = await visit(proxy)(`${SITE}/api/voice/session`, {
    method: 'POST',
    body: 'x'.repeat(200_000),
  });
  // Caddy 2.6 takes its own refusal for one of the site, and passes on the site's own if that comes before its limit is
  // reached: the site refuses a foreign origin without reading the body.
  const refusals = name === 'caddy' ? [413, 502, 403] : [413];
  assert.ok(refusals.includes(large.status), `A large body: ${large.status}`);
}

const REQUESTS = 20;
/** Each response of the site has a policy. A refusal of the proxy has none. */
const isLost = ({ headers }: Response) => !headers.has('content-security-policy');

/**
 * One of two processes refuses connections, as while it is being restarted: the other takes its requests. Caddy before March
 * 2026 loses about one with a body in each second (its issue 7546).
 */
async function passOn(name: ProxyName, site: ImageSite): Promise<void> {
  const proxy = await startProxy(name, [await findNeighbouringPorts(1), site.port]);
  try {
    const send = visit(proxy);
    const startedMs = performance.now();
    const lost = { GET: 0, POST: 0 };
    for (let turn = 0; turn < REQUESTS; turn++) {
      if (isLost(await send(`${SITE}/login`, {}))) lost.GET += 1;
      if (isLost(await postAs('', `${SITE}/api/voice/session`, {}, send))) lost.POST += 1;
    }
    const seconds = (performance.now() - startedMs) / 1000;
    console.log(
      `  of ${REQUESTS} each, ${lost.GET} GET and ${lost.POST} POST were lost in ${seconds.toFixed(1)} s`,
    );
    assert.equal(lost.GET, 0);
    assert.ok(lost.POST <= (name === 'caddy' ? Math.ceil(seconds) : 0));
  } finally {
    await proxy.stop();
  }
}

/** The only process is being restarted: Caddy keeps the request until it is there again. */
async function keepWaiting(): Promise<void> {
  const port = await findNeighbouringPorts(1);
  const proxy = await startProxy('caddy', [port]);
  const server = createServer((_, response) => response.end('It is back.'));
  try {
    const responded = visit(proxy)(SITE, {});
    await wait(1500);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    assert.equal(await (await responded).text(), 'It is back.');
  } finally {
    server.close();
    await proxy.stop();
  }
}

async function checkRestart(name: ProxyName, site: ImageSite): Promise<void> {
  await step('  what one process refuses, another takes', () => passOn(name, site));
  if (name === 'caddy') await step('  a request waits for the only process', keepWaiting);
}

async function checkRow(name: ProxyName, site: ImageSite, slow: boolean): Promise<void> {
  const proxy = await startProxy(name, [site.port]);
  try {
    await step('  a guest signs in and calls; cookies are Secure, HSTS is on', () => signInAndCall(proxy));
    await step('  a visitor’s own forwarding headers have no effect', () => refuseLies(proxy));
    await step('  guests are counted by their real network', () => countNetworks(proxy));
    await step('  plain HTTP, other names and large bodies do not get through', () =>
      refuseStrangeRequests(name, proxy),
    );
    await step('  a browser signs in, talks and hangs up', () => callInBrowser(proxy));
    if (slow) await step('  who sends a header or a body slowly is cut off', () => sendSlowly(proxy));
  } catch (error) {
    console.error(proxy.printed());
    throw error;
  } finally {
    await proxy.stop();
  }
}

async function checkProxy(name: ProxyName, folder: ImageFolder, provider: Provider): Promise<void> {
  for (const [variable, settings] of Object.entries(SETTINGS)) {
    const site = await startImageSite(folder, provider, {
      CLIENT_IP_HEADER: 'x-real-ip',
      VOICE_SITE_BUDGET_USD_PER_DAY: '100',
      VOICE_CALL_SECONDS: String(CALL_SECONDS),
      VOICE_GUEST_SECONDS_PER_DAY: String(CALL_SECONDS * CALLS_OF_A_NETWORK),
      ...settings,
    });
    try {
      await site.server.responds(`${site.url}/icon.svg`);
      console.log(`${name}, ${variable}`);
      const isLast = variable === 'NEXTAUTH_URL';
      await checkRow(name, site, isLast);
      if (isLast) await checkRestart(name, site);
    } catch (error) {
      console.error(site.server.printed);
      throw error;
    } finally {
      await site.stop();
    }
  }
}

/**
 * The configurations of the folder `deploy`, run in front of the image's server: `npm run test:proxy`, after
 * `npm run build:image`; `-- caddy` for one of them. Exits with 1 when a step fails.
 */
async function proveProxies(): Promise<void> {
  const folder = prepareImage();
  const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const provider = await startSandbox(apiKey);
  try {
    const asked = process.argv.slice(2);
    for (const name of Object.keys(PROXIES) as ProxyName[]) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      if (isInstalled(name)) await checkProxy(name, folder, { baseUrl: provider.baseUrl, apiKey });
      else requirePrograms([[name]]);
    }
  } finally {
    await provider.stop();
    folder.remove();
  }
}

if (requirePrograms([REDIS_PROGRAMS, ['openssl']])) await runProof(proveProxies);
