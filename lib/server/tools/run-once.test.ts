import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test, vi } from 'vitest';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { reapAll } from '@/lib/server/endings/reap';
import { findOpenCall } from '@/lib/server/money/ledger';
import { log } from '@/lib/server/platform/log';
import { runField } from '@/lib/server/records/stored-call';
import { getRedis } from '@/lib/server/store/redis';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  NO_CALL,
  ORIGIN,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { runToolOnce } from '@/lib/server/tools/run-once';
import type { CallId, ToolCallId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis);

const newId = () => toolRequest().toolCallId;

const echo = (id = newId()) => toolRequest({}, id);

async function inCall() {
  const user = visitor();
  const { callId } = await openAndConnect(user);
  return { user, callId };
}

/** Returns what is stored of a run. It is stored after the response. */
const storedRun = (callId: CallId, id: ToolCallId) =>
  fixture.redis.hget<{ tool: string; reply: unknown }>(storeKeys.call(callId), runField(id));

test('runs a tool for the owner of an open call, and stores the reply', async () => {
  const { user, callId } = await inCall();
  const id = newId();
  const reply = await runToolOnce(user, callId, 'echo', echo(id));
  expect(reply).toMatchObject({ ok: true });
  await eventually(async () => expect(await storedRun(callId, id)).toEqual({ tool: 'echo', reply }));
});

test('a reply that the database could not take at first is stored a moment later: a repeat would say that it may have failed', async () => {
  const { user, callId } = await inCall();
  const id = newId();
  const failed = vi.spyOn(log(), 'warn');
  const restore = fixture.cutDatabase('"hset"');
  const reply = await runToolOnce(user, callId, 'echo', echo(id));
  const work = expect.objectContaining({ work: 'store tool reply' });
  await eventually(() => expect(failed).toHaveBeenCalledWith(work, expect.any(String)));
  failed.mockRestore();
  restore();
  await eventually(async () => expect((await storedRun(callId, id))?.reply).toBeTruthy());
  expect(await runToolOnce(user, callId, 'echo', echo(id))).toEqual(reply);
});

test('costs one request to the database before the tool runs, and one after the response', async () => {
  await reapAll(Date.now() + 1000);
  const { user, callId } = await inCall();
  await runToolOnce(user, callId, 'echo', echo());
  const id = newId();
  const requests = await fixture.countRequests(async () => {
    await runToolOnce(user, callId, 'echo', echo(id));
    await eventually(async () => expect((await storedRun(callId, id))?.reply).toBeTruthy());
  });
  expect(requests.redis).toBe(2);
});

describe('once per toolCallId', () => {
  test('a repeat returns the stored reply and does not run again', async () => {
    const { user, callId } = await inCall();
    const id = newId();
    const marked = { ok: true, summary: 'The first run said this.', data: { n: '007' } };
    await getRedis().hset(storeKeys.call(callId), { [runField(id)]: { tool: 'echo', reply: marked } });
    expect(await runToolOnce(user, callId, 'echo', echo(id))).toEqual(marked);
  });

  test('ten at once run once, and all get the same reply', async () => {
    const { user, callId } = await inCall();
    const id = newId();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => runToolOnce(user, callId, 'echo', echo(id))),
    );
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  });

  test('a run without a reply is not run again', async () => {
    const { user, callId } = await inCall();
    const id = newId();
    await getRedis().hset(storeKeys.call(callId), { [runField(id)]: { tool: 'echo', reply: null } });
    const requests = vi.spyOn(globalThis, 'fetch');
    const repeated = runToolOnce(user, callId, 'echo', echo(id));
    // It looks for the first run's reply, so the clock may jump past the end of its patience.
    const polls = () => requests.mock.calls.filter(([, init]) => String(init?.body).includes('"hget"'));
    await eventually(() => expect(polls()).not.toHaveLength(0));
    passSeconds(60);
    expect(await repeated).toMatchObject({ ok: false, error: { code: 'timed_out' } });
    requests.mockRestore();
  });

  test('a claim whose reply is lost, and which is therefore sent twice, runs the tool', async () => {
    const { user, callId } = await inCall();
    await runToolOnce(user, callId, 'echo', echo());
    fixture.loseReply();
    expect(await runToolOnce(user, callId, 'echo', echo())).toMatchObject({ ok: true });
    expect(await getRedis().hget(storeKeys.call(callId), 'runs')).toBe(2);
  });

  test('the id of another tool’s run is refused', async () => {
    const { user, callId } = await inCall();
    const id = newId();
    await runToolOnce(user, callId, 'echo', echo(id));
    await expect(runToolOnce(user, callId, 'end_call', echo(id))).rejects.toEqual(refusedWith('bad_request'));
  });
});

describe('refuses', () => {
  test('a tool that does not exist', async () => {
    const { user, callId } = await inCall();
    await expect(runToolOnce(user, callId, 'drop_tables', echo())).rejects.toEqual(
      refusedWith('unknown_tool'),
    );
  });

  test('a tool that this agent does not have, and does not keep the claim', async () => {
    const { user, callId } = await inCall();
    await getRedis().hset(storeKeys.call(callId), { agent: 'somebody-else' });
    const id = newId();
    await expect(runToolOnce(user, callId, 'echo', echo(id))).rejects.toEqual(refusedWith('tool_forbidden'));
    expect(await storedRun(callId, id)).toBeNull();
  });

  test('another user’s call, and one that was never opened', async () => {
    const { callId } = await inCall();
    for (const id of [callId, NO_CALL]) {
      await expect(runToolOnce(visitor(), id, 'echo', echo())).rejects.toEqual(refusedWith('call_not_found'));
    }
  });

  test('an ended call', async () => {
    const { user, callId } = await inCall();
    await end(user, callId);
    await expect(runToolOnce(user, callId, 'echo', echo())).rejects.toEqual(refusedWith('call_ended'));
  });

  test('a call that was opened and never connected, and does not keep the claim', async () => {
    const user = visitor();
    const { callId } = await open(user);
    const id = newId();
    await expect(runToolOnce(user, callId, 'echo', echo(id))).rejects.toEqual(
      refusedWith('call_not_connected'),
    );
    expect(await storedRun(callId, id)).toBeNull();
  });

  test('a call past its deadline, and ends it', async () => {
    const { user, callId } = await inCall();
    passSeconds(300);
    await expect(runToolOnce(user, callId, 'echo', echo())).rejects.toEqual(refusedWith('call_ended'));
    expect(await findOpenCall(user.id, Date.now())).toBeNull();
  });

  test('the 61st in a minute, and does not keep the claim', async () => {
    const { user, callId } = await inCall();
    const run = (id: string) => runToolOnce(user, callId, 'end_call', toolRequest({}, id));
    await Promise.all(Array.from({ length: 60 }, () => run(newId())));
    const id = newId();
    await expect(run(id)).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 60 });
    expect(await storedRun(callId, id)).toBeNull();
    passSeconds(60);
    expect(await run(id)).toMatchObject({ ok: true });
  });

  test('the 301st of a call, in whatever minute', async () => {
    const { user, callId } = await inCall();
    await getRedis().hset(storeKeys.call(callId), { runs: 300 });
    const refused = runToolOnce(user, callId, 'echo', echo());
    await expect(refused).rejects.toEqual(refusedWith('rate_limited'));
  });
});

describe('stores little', () => {
  test('of a handoff: the name of the agent, and a repeat gets the whole policy', async () => {
    const { user, callId } = await inCall();
    const id = newId();
    const first = await runToolOnce(user, callId, 'transfer_to_bo', echo(id));
    expect(first).toMatchObject({ handoff: { session: { instructions: expect.stringContaining('Bo') } } });
    await eventually(async () => expect(await storedRun(callId, id)).toMatchObject({ handedTo: 'bo' }));
    expect(JSON.stringify(await storedRun(callId, id))).not.toContain('instructions');
    expect(await runToolOnce(user, callId, 'transfer_to_bo', echo(id))).toEqual(first);
  });

  test.each([
    ['reply: its summary', 'recite', 200, { ok: true, summary: 'A long poem.', data: null }],
    ['failure: its beginning', 'complain', 5_000, { ok: false, error: { code: 'no_poem' } }],
  ])('of a very long %s', async (_, tool, mostCharacters, again) => {
    const { user, callId } = await inCall();
    const id = newId();
    const first = await runToolOnce(user, callId, tool, echo(id));
    expect(JSON.stringify(first).length).toBeGreaterThan(50_000);
    await eventually(async () => expect((await storedRun(callId, id))?.reply).toBeTruthy());
    expect(JSON.stringify(await storedRun(callId, id)).length).toBeLessThan(mostCharacters);
    expect(await runToolOnce(user, callId, tool, echo(id))).toMatchObject(again);
  });

  test('for a day', async () => {
    const { user, callId } = await inCall();
    await runToolOnce(user, callId, 'echo', echo());
    expect(await fixture.redis.ttl(storeKeys.call(callId))).toBeLessThanOrEqual(24 * 3600);
  });

  test('only while its claim is there: a user who deletes their data meanwhile has none', async () => {
    const { user, callId } = await inCall();
    const id = newId();
    const running = runToolOnce(user, callId, 'echo', echo(id));
    await eventually(async () => expect(await storedRun(callId, id)).not.toBeNull());
    await fixture.redis.hdel(storeKeys.call(callId), runField(id));
    await running;
    await eventually(async () => expect(await storedRun(callId, id)).toBeNull());
  });
});

test('a tool that was under way when the connection dropped runs while the call is resumed', async () => {
  const { user, callId } = await inCall();
  await resumeCall(user, callId, ORIGIN);
  expect(await runToolOnce(user, callId, 'echo', echo())).toMatchObject({ ok: true });
});

test('wrong arguments are a reply, so that the model can correct itself', async () => {
  const { user, callId } = await inCall();
  const reply = await runToolOnce(user, callId, 'echo', toolRequest({ surprise: true }));
  expect(reply).toMatchObject({ ok: false });
});
