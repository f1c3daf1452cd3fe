import { expect } from 'playwright/test';
import { listRows } from '../../docs/testing/error-code-rows.ts';
import type { AttackServer } from '../attack/server/attack-server.ts';
import { newPerson } from '../attack/server/people.ts';
import { clearFaults, orderFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { isRelay } from '../relay-mode.ts';
import * as walk from './codes/walk.ts';
import { WAYS_OF_BROWSERS, WAYS_OF_DIRECT_CALLS } from './codes/ways-of-browsers.ts';
import { WAYS_TO_CAUSES } from './codes/ways-to-causes.ts';
import { WAYS } from './codes/ways-to-refusals.ts';

/* `docs/error-codes.md`, row by row: each is forced, and what it promises is read on the screen. */

test.use({ expectedConsoleErrors: [/Failed to load resource/] });
test.afterEach(clearFaults);
test.describe.configure({ mode: 'parallel' });

const bare = (cell = '') => cell.replaceAll('`', '');
const refusals = listRows('Refusals').map(([code, status = '', says = '', shows = '']) => ({
  code: bare(code),
  status,
  says,
  shows,
}));
const causes = listRows('Why the voice service refused').map(([cause, code, , problem = '', cure = '']) => ({
  cause: bare(cause),
  code: bare(code),
  problem,
  cure,
}));
type Cause = (typeof causes)[number];

/** The card has the words of the table for the visitor, and for the owner the cause, the problem and its cure. */
async function expectCause(
  on: walk.Walk,
  { cause, code, problem, cure }: Cause,
  said: walk.Said,
): Promise<void> {
  const row = refusals.find((one) => one.code === code);
  expect({ ...said, cause }).toEqual({ status: row?.status, code, message: row?.says, cause });
  await walk.expectWords(on.page, row?.shows ?? '');
  for (const words of [cause, problem, cure]) await walk.expectWords(on.page, words);
}

test.describe('through a server of the test’s own', () => {
  let server: AttackServer;
  test.beforeEach(async () => {
    server = await walk.startWalkedServer();
  });
  test.afterEach(() => server.close());

  test('why the voice service refused: every cause, with the words of its code and the owner’s own', async ({
    page,
    context,
  }) => {
    const { no_answer: answerNothing, ...ways } = WAYS_TO_CAUSES;
    const find = (name: string) => causes.find(({ cause }) => cause === name) as Cause;
    // Our server waits nine seconds for an answer: another page waits with it.
    const waiting = await walk.beginWalk(await context.newPage(), server);
    const asked = server.toProvider.passed.length;
    await answerNothing(waiting);
    const givenUp = walk.beRefused(waiting.page);
    await expect.poll(() => server.toProvider.passed.length).toBeGreaterThan(asked);

    const on = await walk.beginWalk(page, server);
    for (const [cause, force] of Object.entries(ways)) {
      await test.step(cause, async () => {
        await walk.become(on, await newPerson());
        const takeBack = await force(on);
        await expectCause(on, find(cause), await walk.beRefused(page));
        takeBack();
        await walk.dismiss(on);
      });
    }
    await expectCause(waiting, find('no_answer'), await givenUp);
  });

  test('every refusal of our own: status, message, and what the page shows', async ({ page }) => {
    const byProvider = new Set(causes.map(({ code }) => code));
    expect(Object.keys(WAYS).toSorted()).toEqual(
      refusals.flatMap(({ code }) => (byProvider.has(code) ? [] : [code])).toSorted(),
    );
    const on = await walk.beginWalk(page, server);
    for (const [name, force] of Object.entries(WAYS)) {
      await test.step(name, async () => {
        const { code, status, says, shows } = refusals.find((row) => row.code === name) ?? {};
        await walk.become(on, await newPerson());
        const takeBack = await force(on);
        const said = await walk.beRefused(page);
        expect(said).toMatchObject({ code, status });
        // A message that knows more than the table's takes its place on the screen, too.
        await walk.expectWords(page, shows?.replace(says ?? '', said.message) ?? '');
        if (typeof takeBack === 'function') await takeBack();
        await walk.dismiss(on);
      });
    }
  });

  test('every way a call ends: the words of the receipt, and of the list of calls', async ({ page }) => {
    const on = await walk.beginWalk(page, server);
    const ends = listRows('How a call ended').map(
      ([reason, sentence]) => [bare(reason), sentence ?? ''] as const,
    );
    for (const [reason, sentence] of ends) {
      await test.step(reason, async () => {
        await walk.openCall(page);
        // The receipt is the server's: it names the reason that was the first to end the call.
        await page.route('**/end', (route) => route.continue({ postData: JSON.stringify({ reason }) }), {
          times: 1,
        });
        await page.getByRole('button', { name: 'End call' }).click();
        await expect(page.getByRole('heading', { name: sentence })).toBeVisible();
        await page.getByRole('button', { name: 'Back to the start' }).click();
      });
    }
    await page.goto(`${on.server.url}/calls`);
    for (const [, sentence] of ends) await expect(page.getByRole('link', { name: sentence })).toBeVisible();
  });
});

test('what the browser finds out itself: every code, and the secret that is refused', async ({
  page,
  context,
  signInAsGuest,
}) => {
  const rows = listRows('What the browser finds out itself').map(
    ([code, shows = '']) => [bare(code), shows] as const,
  );
  expect(Object.keys({ ...WAYS_OF_BROWSERS, ...WAYS_OF_DIRECT_CALLS }).toSorted()).toEqual(
    rows.map(([code]) => code).toSorted(),
  );
  const ways = isRelay ? WAYS_OF_BROWSERS : { ...WAYS_OF_BROWSERS, ...WAYS_OF_DIRECT_CALLS };
  await page.clock.install();
  for (const [code, prepare] of Object.entries(ways)) {
    await test.step(code, async () => {
      await signInAsGuest(page);
      // A direct attempt that failed makes the next one a relayed one.
      await page.evaluate(() => localStorage.clear());
      const goOn = await prepare(page, context);
      await walk.start(page);
      await goOn?.();
      await walk.expectWords(page, rows.find(([name]) => name === code)?.[1] ?? '');
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.setOffline(false);
      await clearFaults();
    });
  }
  if (isRelay) return;
  const refused = causes.find(({ cause }) => cause === 'secret_refused');
  await orderFaults({ calls: { status: 401, code: 'invalid_api_key' } });
  await signInAsGuest(page);
  await page.evaluate(() => localStorage.clear());
  await walk.start(page);
  await walk.expectWords(page, refusals.find(({ code }) => code === refused?.code)?.shows ?? 'no row');
  for (const words of [refused?.cause, refused?.problem, refused?.cure]) {
    await walk.expectWords(page, words ?? 'no row');
  }
});
