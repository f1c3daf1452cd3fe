import { type CDPSession, expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { sandboxCall } from '../sandbox-calls.ts';
import { AttackServer } from './server/attack-server.ts';

const CALL_SECONDS = 5;
const LATE_MS = 2000;

let server: AttackServer;
test.afterEach(() => server.close());

/** Signs in, clicks Talk, and waits until the sandbox hears the caller. Returns the call's ids and its deadline. */
async function talk(page: Page) {
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Continue as guest' }).click();
  const opened = page.waitForResponse((response) => response.url().endsWith('/api/voice/session'));
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  const { callId, callSeconds, deadline } = await (await opened).json();
  expect(callSeconds).toBe(CALL_SECONDS);
  const stored = () => server.redis.hget<string>(`voice:call:${callId}`, 'rtcCallId');
  await expect.poll(stored, { intervals: [50] }).toMatch(/^rtc_/);
  const rtcCallId = (await stored()) ?? '';
  await expect.poll(async () => (await sandboxCall(rtcCallId))?.connected, { intervals: [50] }).toBe(true);
  return { callId, rtcCallId, deadlineMs: Date.parse(deadline) };
}

/** Crashes the tab: it neither notifies the server nor closes the connection. */
async function killTab(page: Page, devTools: CDPSession): Promise<void> {
  const gone = page.waitForEvent('crash');
  // The crashed page never responds.
  void devTools.send('Page.crash').catch(() => undefined);
  await gone;
}

for (const mode of ['direct', 'relay']) {
  test(`a deadline of ${CALL_SECONDS} s ends a live call at the provider within 2 s of it, with the tab gone: ${mode}`, async ({
    page,
    context,
  }) => {
    server = await AttackServer.start({
      env: { VOICE_CONNECT: mode, VOICE_CALL_SECONDS: String(CALL_SECONDS) },
    });
    const devTools = await context.newCDPSession(page);
    const { callId, rtcCallId, deadlineMs } = await talk(page);
    await killTab(page, devTools);
    expect(Date.now()).toBeLessThan(deadlineMs);
    expect(await sandboxCall(rtcCallId)).toMatchObject({ connected: true, endedAt: null });

    await expect.poll(async () => (await sandboxCall(rtcCallId))?.endedAt).not.toBeNull();
    const call = await sandboxCall(rtcCallId);
    expect(call?.closeReason).toBe('hangup');
    const lateMs = Date.parse(call?.endedAt ?? '') - deadlineMs;
    console.log(`${mode}: hung up ${(lateMs / 1000).toFixed(2)} s after the deadline`);
    expect(lateMs).toBeGreaterThan(-1000);
    expect(lateMs).toBeLessThan(LATE_MS);

    const record = () => server.redis.hgetall(`voice:call:${callId}`);
    await expect.poll(record).toMatchObject({ reason: 'time_limit', chargedSeconds: CALL_SECONDS });
    const entries = async () => Object.values(await server.redis.xrange('voice:audit:guests', '-', '+'));
    const ended = { event: 'call_ended', callId, reason: 'time_limit', seconds: CALL_SECONDS };
    await expect.poll(entries).toContainEqual(expect.objectContaining(ended));
  });
}
