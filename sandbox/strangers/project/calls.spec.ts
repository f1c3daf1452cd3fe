import { expect } from '@playwright/test';
import { TOOL, test } from './fixtures';

const SESSION = {
  instructions: 'You run a repair shop.',
  tools: [{ type: 'function', ...TOOL }],
  audio: { input: { transcription: { model: 'gpt-realtime-whisper' } } },
};

for (const client of ['bare', 'agents-sdk']) {
  test(`${client}: a spoken turn with a tool, in a page of Vite`, async ({ page, realtime, caller }) => {
    const secret = await realtime.mint(SESSION);
    const query = new URLSearchParams({ secret, url: `${realtime.baseUrl}/realtime/calls` });
    await page.goto(`/${client}.html?${query}`);
    await page.getByRole('button', { name: 'Talk' }).click();
    const { id } = await realtime.waitForCall();
    await caller.speak('What is free on Friday?');
    await expect
      .poll(() => realtime.heard(id), { timeout: 60_000 })
      .toContainEqual(expect.stringMatching(/nine thirty/i));
    expect((await realtime.said(id)).join(' ')).toMatch(/friday/i);
    await expect(page.getByRole('status')).toHaveText(/friday/i);
    await realtime.faults({ now: { action: 'kill_peer' } });
    await realtime.waitForCall(({ closeReason }) => closeReason === 'fault');
  });
}

test('two scopes of one sandbox: faults, calls and time', async ({ realtime, sandbox }) => {
  const other = await sandbox.isolate();
  await realtime.faults({ mint: { status: 429 } });
  await expect(realtime.mint()).rejects.toThrow('429');
  const secret = await other.mint();
  await other.advance(601_000);
  const offer = {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/sdp' },
  };
  const refused = await fetch(`${sandbox.baseUrl}/realtime/calls`, { ...offer, body: 'v=0' });
  expect(await refused.json()).toMatchObject({ error: { code: 'expired_client_secret' } });
  expect([await realtime.calls(), await other.calls()]).toEqual([[], []]);
  await expect(realtime.waitForCall(undefined, { timeoutMs: 100 })).rejects.toThrow('There was none.');
  await other.end();
});
