import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test, vi } from 'vitest';
import { getTool } from '@/lib/server/agents/lookup';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  NO_CALL,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { previewTool } from '@/lib/server/tools/preview-tool';
import { runToolOnce } from '@/lib/server/tools/run-once';

createCallFixture(startRedis);

const hello = { text: 'hello' };

async function inCall() {
  const user = visitor();
  const { callId } = await openAndConnect(user);
  const preview = (name: string, args: Record<string, unknown> = {}) =>
    previewTool(user, callId, name, { arguments: args });
  return { user, callId, preview };
}

test('returns what a run would do, and runs nothing', async () => {
  const { callId, preview } = await inCall();
  expect(await preview('echo_with_approval', hello)).toMatchObject({
    ok: true,
    lines: [{ label: 'Text', value: 'hello' }],
  });
  expect(await getRedis().hexists(storeKeys.call(callId), 'runs')).toBe(0);
});

test('a run may do what the preview said, and nothing else', async () => {
  const { user, callId, preview } = await inCall();
  const said = await preview('echo_with_approval', hello);
  const lines = said.ok ? said.lines : [];
  const run = (id: string, allowed: typeof lines) =>
    runToolOnce(user, callId, 'echo_with_approval', { ...toolRequest(hello, id), allowed });
  const otherText = lines.map((line) => ({ ...line, value: 'goodbye' }));
  expect(await run('other', otherText)).toMatchObject({ ok: false, error: { code: 'changed' } });
  expect(await run('same', lines)).toMatchObject({ ok: true });
});

test('wrong arguments are reported before the user is asked', async () => {
  const { preview } = await inCall();
  expect(await preview('echo_with_approval', { surprise: true })).toMatchObject({
    ok: false,
    error: { code: 'bad_arguments' },
  });
});

test('a preview that never comes is given up after the tool’s own time', async () => {
  const { preview } = await inCall();
  const tool = getTool('echo_with_approval');
  if (!tool) throw new Error('There is no such tool.');
  const never = vi.spyOn(tool, 'preview').mockReturnValue(new Promise(() => {}));
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  const reply = preview('echo_with_approval', hello);
  await eventually(() => expect(never).toHaveBeenCalledOnce());
  await vi.advanceTimersByTimeAsync(tool.timeoutMs);
  expect(await reply).toMatchObject({ ok: false, error: { code: 'timed_out' } });
  never.mockRestore();
});

describe('refuses, as a run does,', () => {
  test('a tool that does not exist, and one that this agent does not have', async () => {
    const { callId, preview } = await inCall();
    await expect(preview('drop_tables')).rejects.toEqual(refusedWith('unknown_tool'));
    await getRedis().hset(storeKeys.call(callId), { agent: 'bo' });
    await expect(preview('echo_with_approval', hello)).rejects.toEqual(refusedWith('tool_forbidden'));
  });

  test('another user’s call, and one that was never opened', async () => {
    const { callId } = await inCall();
    for (const id of [callId, NO_CALL]) {
      await expect(previewTool(visitor(), id, 'echo_with_approval', { arguments: hello })).rejects.toEqual(
        refusedWith('call_not_found'),
      );
    }
  });

  test('a call that was opened and never connected', async () => {
    const user = visitor();
    const { callId } = await open(user);
    await expect(previewTool(user, callId, 'echo', { arguments: {} })).rejects.toEqual(
      refusedWith('call_not_connected'),
    );
  });

  test('an ended call, and one past its deadline', async () => {
    const ended = await inCall();
    await end(ended.user, ended.callId);
    await expect(ended.preview('echo_with_approval', hello)).rejects.toEqual(refusedWith('call_ended'));
    const late = await inCall();
    passSeconds(300);
    await expect(late.preview('echo_with_approval', hello)).rejects.toEqual(refusedWith('call_ended'));
  });
});
