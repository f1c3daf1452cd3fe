import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { defineTool, type ToolContext } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';
import { runTool } from '@/lib/server/tools/run-tool';
import { CallId, UserId } from '@/lib/shared/ids';

const user = { id: UserId.parse('guest_1'), role: 'guest', network: 'house.street' } as const;
const CALL = CallId.parse('call_1');

/** Returns a tool with one text argument and the given behaviour. */
const toolThat = (
  run: (context: ToolContext) => Promise<ReturnType<typeof ok>>,
  { changesData = false, timeoutMs = 1000 } = {},
) =>
  defineTool({
    name: 'do_something',
    title: 'Do something',
    description: 'Does something.',
    input: z.strictObject({ note: z.string() }),
    needsApproval: false,
    changesData,
    timeoutMs,
    run: (_, context) => run(context),
  });

const runWith = (tool: ReturnType<typeof toolThat>, args: unknown = { note: 'hush' }) =>
  runTool({ tool, args, user, callId: CALL });

test('a tool gets the user, the call, the network, the clock and the zone of the business', async () => {
  const tool = toolThat(async ({ user, callId, network, now, timeZone, redis }) =>
    ok('Done.', {
      user,
      callId,
      network,
      age: Date.now() - now.getTime(),
      timeZone,
      pong: await redis.ping(),
    }),
  );
  const reply = await runWith(tool);
  expect(reply).toMatchObject({
    ok: true,
    data: {
      user: { id: 'guest_1', role: 'guest' },
      callId: 'call_1',
      network: 'street',
      timeZone: 'Asia/Tokyo',
      pong: 'PONG',
    },
  });
});

test('wrong arguments never reach the tool', async () => {
  const run = vi.fn(async () => ok('Done.', null));
  expect(await runWith(toolThat(run), { remark: 'x' })).toMatchObject({
    ok: false,
    error: { code: 'bad_arguments' },
  });
  expect(run).not.toHaveBeenCalled();
});

test('a tool that takes too long is aborted, and its reply says so', async () => {
  let aborted: Promise<unknown> | undefined;
  const tool = toolThat(
    ({ signal }) => {
      const stopped = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
      aborted = stopped.catch((error: unknown) => error);
      return stopped;
    },
    { timeoutMs: 30 },
  );
  expect(await runWith(tool)).toMatchObject({ ok: false, error: { code: 'timed_out' } });
  expect(await aborted).toBeInstanceOf(Error);
});

test('a late tool that changes data is not reported as failed', async () => {
  const never = new Promise<never>(() => undefined);
  const reply = await runWith(toolThat(() => never, { changesData: true, timeoutMs: 20 }));
  expect(reply.ok ? '' : reply.error.message).toContain('may or may not have gone through');
});

test('an unexpected error is a reply without its message, and logged without the arguments', async () => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const reply = await runWith(toolThat(() => Promise.reject(new Error('WRONGTYPE, command was: ["hush"]'))));
  write.mockRestore();
  expect(reply).toMatchObject({ ok: false, error: { code: 'failed' } });
  expect(JSON.stringify(reply)).not.toContain('hush');
  const logged = lines.join('');
  expect(logged).toContain('"tool":"do_something"');
  expect(logged).not.toContain('hush');
});

describe('what was allowed', () => {
  const previewLine = (value: string) => ({ label: 'Note', value });
  const run = vi.fn(async () => ok('Done.', null));
  const preview = vi.fn(async () => ({ ok: true as const, lines: [previewLine('hush')] }));
  const tool = { ...toolThat(run), preview };
  const runAllowed = (allowed: string) =>
    runTool({ tool, args: { note: 'hush' }, allowed: [previewLine(allowed)], user, callId: CALL });

  test('runs if it is still what would be done', async () => {
    expect(await runAllowed('hush')).toMatchObject({ ok: true });
    expect(run).toHaveBeenCalledOnce();
  });

  test('is refused if something else would be done by now', async () => {
    run.mockClear();
    expect(await runAllowed('something else')).toMatchObject({ ok: false, error: { code: 'changed' } });
    expect(run).not.toHaveBeenCalled();
  });
});
