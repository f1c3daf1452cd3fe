import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox } from '@parley/realtime-sandbox';
import type { Browser } from 'playwright';
import { signInAsGuest } from '../../../sandbox/runner/services/guest-session.ts';
import { installPageRecorder } from '../../browser/page-recorder.ts';
import { openBrowser } from '../browser-call.ts';
import { connectCall } from '../guest-call.ts';
import type { Provider } from '../image-site.ts';
import { requirePrograms, runProof } from '../run-proof.ts';
import { step } from '../step.ts';
import { REDIS_PROGRAMS } from '../system-redis.ts';
import { visit } from '../visitor.ts';
import { auditBooks, type EndedCall, readEnded } from './books.ts';
import { type Builds, prepareOneBuild, prepareTwoBuilds, removeBuilds } from './builds.ts';
import { readPassed } from './front.ts';
import { cutOff, finishEverything } from './leaving.ts';
import { untilAnswerPlays } from './listening.ts';
import { memberCookie, OWNER } from './owner.ts';
import { Visitor } from './pages.ts';
import { Fleet, SITE } from './site.ts';
import { stopEverything } from './stopping.ts';
import { checkTrace } from './traced.ts';

/** One build instead of two, and nobody waits for the deadline of the process that died: the other steps last longer. */
const IS_SHORT = process.argv.includes('--short');
/** All that some members may talk in a day, and so the length of their call. */
const SHORT_CALL_SECONDS = 40;
/** An idle process looks once a minute whether something that it has seen in the queue is due. */
const SWEPT_WITHIN_MS = 66_000;
const SETTINGS = {
  AUTH_GITHUB_ID: 'id',
  AUTH_GITHUB_SECRET: 'secret',
  VOICE_CALL_SECONDS: '300',
  VOICE_GUEST_SECONDS_PER_DAY: '86400',
  VOICE_USER_SECONDS_PER_DAY: String(SHORT_CALL_SECONDS),
  VOICE_SITE_BUDGET_USD_PER_DAY: '1000',
  ADMIN_EMAILS: OWNER,
};

/** Which processes were asked for the requests of a call, and what kept them from being served. */
function servedBy(fleet: Fleet, path: RegExp): number[] {
  const passed = readPassed(fleet.front).filter((one) => path.test(one.path));
  return [...new Set(passed.map(({ asked }) => fleet.ports.indexOf(asked.at(-1) ?? 0)))].sort();
}

/**
 * A visitor who opens a call at the first process, runs tools at the second, one of them with the argument `secret`, and ends
 * it at the third. Returns the id of the call.
 */
async function callEverywhere(fleet: Fleet, browser: Browser, secret: string): Promise<string> {
  const visitor = await Visitor.arrive(browser, installPageRecorder);
  await visitor.call();
  await visitor.ask();
  await untilAnswerPlays(visitor.page);
  await visitor.runTool();
  await visitor.runToolWith(secret);
  await visitor.hangUp();
  await visitor.leave();
  assert.deepEqual(servedBy(fleet, /\/session$/), [0]);
  assert.deepEqual(servedBy(fleet, new RegExp(`/${visitor.callId}/tools/`)), [1]);
  assert.deepEqual(servedBy(fleet, new RegExp(`/${visitor.callId}/end$`)), [2]);
  return visitor.callId;
}

/** A call of a member whose client never says anything again, as after a crash. Returns its id. */
async function openOrphan(fleet: Fleet): Promise<string> {
  const opened = await connectCall(SITE, await memberCookie(fleet), visit(fleet.front));
  assert.equal(opened.status, 201, await opened.clone().text());
  const { callId, secondsLeft } = await opened.json();
  console.log(`  a call of ${secondsLeft ?? SHORT_CALL_SECONDS} s that only the deadline ends`);
  return callId;
}

/** The process that opened a call is killed. The call goes on: tools, answers, receipt. */
async function surviveKill(fleet: Fleet, talking: Visitor): Promise<void> {
  await fleet.kill(0);
  await talking.runTool();
  await talking.ask();
  const seconds = await talking.hangUp();
  assert.ok(seconds > 0);
}

async function awaitEnd(fleet: Fleet, callId: string): Promise<EndedCall> {
  const giveUp = AbortSignal.timeout((SHORT_CALL_SECONDS + 90) * 1000);
  for (;;) {
    const ended = await readEnded(fleet.redis, callId);
    if (ended) return ended;
    giveUp.throwIfAborted();
    await wait(500);
  }
}

/** The deadline that the killed process was to keep is kept by another. */
async function keepDeadline(fleet: Fleet, orphan: string): Promise<void> {
  const { reason, endedAtMs, deadlineMs, chargedSeconds } = await awaitEnd(fleet, orphan);
  const lateMs = endedAtMs - deadlineMs;
  console.log(`  ended ${(lateMs / 1000).toFixed(1)} s after its deadline, ${chargedSeconds} s charged`);
  assert.equal(reason, 'time_limit');
  assert.ok(lateMs > -1500 && lateMs < SWEPT_WITHIN_MS, `${lateMs} ms after its deadline`);
}

const buildAt = async (port: number): Promise<string> =>
  (await (await fetch(`http://127.0.0.1:${port}/api/version`)).json()).build;

/** Parts of a page, as its HTML names them. */
const partsOf = (html: string): string[] => [
  ...new Set(html.match(/\/_next\/static\/[^"'\\ ]+?\.(js|css)/g)),
];

/** One process has the new build: a page of either gets all its parts, from whoever has them. */
async function servePagesOfBoth(fleet: Fleet, browser: Browser): Promise<void> {
  const cookie = await signInAsGuest(SITE, AbortSignal.timeout(20_000), visit(fleet.front));
  const html = await (await visit(fleet.front)(`${SITE}/`, { headers: { cookie } })).text();
  const parts = partsOf(html);
  const own = await Promise.all(
    parts.map(async (path) => (await fetch(`http://127.0.0.1:${fleet.ports[2]}${path}`)).status),
  );
  const missing = parts.filter((_, index) => own[index] === 404);
  assert.ok(missing.length > 0, 'The other build has all the parts of this page.');
  for (const path of parts) assert.equal((await visit(fleet.front)(`${SITE}${path}`, {})).status, 200, path);
  const strange = await visit(fleet.front)(`${SITE}/_next/static/chunks/nowhere.js`, {});
  assert.equal(strange.status, 404);
  console.log(
    `  ${missing.length} of ${parts.length} parts of the page come from another process than asked`,
  );
  const visitor = await Visitor.arrive(browser);
  await visitor.call();
  await visitor.runTool();
  await visitor.ask();
  await visitor.hangUp();
  await visitor.leave();
}

/** People come, open a call, run a tool, end it and leave, until it is enough. Returns how many. */
async function comeAndGo(browser: Browser, isEnough: () => boolean): Promise<number> {
  let calls = 0;
  while (!isEnough()) {
    const visitor = await Visitor.arrive(browser);
    await visitor.call();
    await visitor.runTool();
    await visitor.hangUp();
    await visitor.leave();
    calls += 1;
  }
  return calls;
}

/** All processes are replaced, one by one, while people talk, come and go. */
async function rollOut(fleet: Fleet, browser: Browser, { newer, older }: Builds): Promise<void> {
  const staying = [await Visitor.arrive(browser), await Visitor.arrive(browser)];
  for (const visitor of staying) await visitor.call();
  const before = readPassed(fleet.front).length;
  let isOver = false;
  const replaceAll = async () => {
    for (const index of fleet.ports.keys()) {
      await fleet.replace(index, newer);
      for (const visitor of staying) await visitor.runTool();
      if (index > 0 || newer === older) continue;
      await step('  the pages of both builds get all their parts, and talk', () =>
        servePagesOfBoth(fleet, browser),
      );
    }
  };
  const [replaced, came] = await Promise.allSettled([
    replaceAll().finally(() => {
      isOver = true;
    }),
    comeAndGo(browser, () => isOver),
  ]);
  if (replaced.status === 'rejected') throw replaced.reason;
  if (came.status === 'rejected') throw came.reason;
  for (const visitor of staying) {
    await visitor.ask();
    assert.ok((await visitor.hangUp()) > 0);
    await visitor.leave();
  }
  const passed = readPassed(fleet.front).slice(before);
  const passedOn = passed.filter(({ asked }) => asked.length > 1).length;
  console.log(`  ${came.value} calls came and went; ${passedOn} of ${passed.length} requests were passed on`);
  assert.deepEqual(
    passed.filter(({ status }) => status >= 500),
    [],
  );
}

async function proveSteps(fleet: Fleet, browser: Browser, provider: Provider, builds: Builds): Promise<void> {
  const secret = `secret-${randomUUID()}`;
  const callId = await step('a call is opened at one process, runs a tool at another, ends at a third', () =>
    callEverywhere(fleet, browser, secret),
  );
  await step('the three report one trace of it, without a word', () =>
    checkTrace(fleet.traces, callId, secret),
  );
  await step('the owner pauses new calls everywhere, and silences one that goes on', () =>
    stopEverything(fleet, browser),
  );
  const talking = await Visitor.arrive(browser);
  await talking.call();
  const orphan = await openOrphan(fleet);
  await step('the process that opened it is killed, and a call goes on', () => surviveKill(fleet, talking));
  await talking.leave();
  if (!IS_SHORT) await step('its deadlines are kept by the others', () => keepDeadline(fleet, orphan));
  await fleet.launch(0, builds.older);
  const builtBefore = await buildAt(fleet.ports[0]);
  await step('every process is replaced, one by one, under running calls', () =>
    rollOut(fleet, browser, builds),
  );
  const builtAfter = new Set(await Promise.all(fleet.ports.map(buildAt)));
  assert.equal(builtAfter.size, 1);
  assert.equal(builtAfter.has(builtBefore), IS_SHORT);
  if (IS_SHORT) await step('the deadline of the killed process was kept', () => keepDeadline(fleet, orphan));
  await step('every call is charged once, for what the provider saw', async () => {
    const calls = await auditBooks(fleet.redis, provider);
    const seconds = calls.reduce((sum, { chargedSeconds }) => sum + chargedSeconds, 0);
    console.log(`  ${calls.length} calls, ${seconds} s charged`);
  });
}

/**
 * Debian's nginx with TLS, three production processes, one Redis, real browsers: `npm run test:fleet`, after
 * `npm run build:image`, of which it makes a second build. `-- --short` leaves that out. Exits with 1 when a step fails.
 */
async function proveFleet(): Promise<void> {
  const apiKey = `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const builds = await step(IS_SHORT ? 'one build' : 'two builds', () =>
    IS_SHORT ? prepareOneBuild() : prepareTwoBuilds(),
  );
  const { baseUrl, stop } = await startSandbox(apiKey);
  await step('a process that is told to end finishes a tool, an offer and a webhook', () =>
    finishEverything(builds.newer, { baseUrl, apiKey }),
  );
  await step('what never finishes is cut off', () => cutOff(builds.newer, { baseUrl, apiKey }));
  const fleet = await step('three processes share one Redis, behind nginx', () =>
    Fleet.start(builds.older, { baseUrl, apiKey }, SETTINGS),
  );
  const browser = await openBrowser(fleet.front);
  try {
    await proveSteps(fleet, browser, { baseUrl, apiKey }, builds);
  } catch (error) {
    console.error(fleet.printed());
    throw error;
  } finally {
    await browser.close();
    await fleet.stop();
    await stop();
    removeBuilds(builds);
  }
}

if (requirePrograms([REDIS_PROGRAMS, ['nginx'], ['openssl']])) await runProof(proveFleet);
