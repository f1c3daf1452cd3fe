import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test } from 'vitest';
import { readCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  end,
  eventually,
  openAndConnect,
  openWith,
  refusedWith,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { handOff } from '@/lib/server/tools/hand-off';
import { runToolOnce } from '@/lib/server/tools/run-once';

createCallFixture(startRedis);

describe('a handoff', () => {
  test('returns the new agent’s policy, and only its tools run from then on', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    const reply = await runToolOnce(user, callId, 'transfer_to_bo', toolRequest());
    expect(reply).toMatchObject({
      ok: true,
      summary: expect.stringContaining('Bo'),
      handoff: {
        agent: { name: 'bo', title: 'Bo' },
        session: { type: 'realtime', instructions: expect.stringContaining('You are Bo') },
      },
    });
    expect(await readCall(callId)).toMatchObject({ agent: 'bo' });
    await expect(runToolOnce(user, callId, 'echo_with_approval', toolRequest())).rejects.toEqual(
      refusedWith('tool_forbidden'),
    );
    const echo = await runToolOnce(user, callId, 'echo', toolRequest({ text: 'Once more.' }));
    expect(echo).toMatchObject({ ok: true, summary: 'Once more.' });
    await runToolOnce(user, callId, 'transfer_to_ada', toolRequest());
    expect(await readCall(callId)).toMatchObject({ agent: 'ada' });
  });

  test('a repeat returns the policy again, so that a lost response does not leave the old one', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    const request = toolRequest();
    const first = await runToolOnce(user, callId, 'transfer_to_bo', request);
    await eventually(async () =>
      expect(await runToolOnce(user, callId, 'transfer_to_bo', request)).toEqual(first),
    );
  });

  test('keeps the user’s choices that the next agent offers', async () => {
    const user = visitor();
    const { callId } = await openWith(user, { options: { language: 'de', voice: 'marin', tone: 'warm' } });
    const { session } = await handOff(user, callId, 'bo');
    expect(session.instructions).toContain('Speak German');
    expect(session.instructions).not.toContain('Tone: warm');
  });

  test('is refused for an ended call and for another user’s', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    await expect(handOff(visitor(), callId, 'bo')).rejects.toEqual(refusedWith('call_not_found'));
    await end(user, callId);
    await expect(handOff(user, callId, 'bo')).rejects.toEqual(refusedWith('call_ended'));
    expect(await readCall(callId)).toMatchObject({ agent: 'ada' });
  });
});
