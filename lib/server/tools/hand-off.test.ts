import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test } from 'vitest';
import { readCall } from '@/lib/server/records/stored-call';
import {
  createCallWorld,
  end,
  eventually,
  open,
  openWith,
  refusedWith,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { handOff } from '@/lib/server/tools/hand-off';
import { runToolOnce } from '@/lib/server/tools/run-once';

createCallWorld(startRedis);

describe('another agent on the line', () => {
  test('answers with its policy, and only its tools run from then on', async () => {
    const user = visitor();
    const { callId } = await open(user);
    const reply = await runToolOnce(user, callId, 'transfer_to_mechanic', toolRequest());
    expect(reply).toMatchObject({
      ok: true,
      summary: expect.stringContaining('Sam'),
      handoff: {
        agent: { name: 'sam', title: 'Sam' },
        session: { type: 'realtime', instructions: expect.stringContaining('You are Sam') },
      },
    });
    expect(await readCall(callId)).toMatchObject({ agent: 'sam' });
    await expect(runToolOnce(user, callId, 'find_slots', toolRequest({ day: 'Friday' }))).rejects.toEqual(
      refusedWith('tool_forbidden'),
    );
    const diagnosis = await runToolOnce(
      user,
      callId,
      'diagnose_problem',
      toolRequest({ problem: 'flat tyre' }),
    );
    expect(diagnosis).toMatchObject({ ok: true, summary: expect.stringContaining('puncture repair') });
    await runToolOnce(user, callId, 'transfer_to_front_desk', toolRequest());
    expect(await readCall(callId)).toMatchObject({ agent: 'robin' });
  });

  test('a repeat hands over again, so that a lost answer does not leave the old policy', async () => {
    const user = visitor();
    const { callId } = await open(user);
    const request = toolRequest();
    const first = await runToolOnce(user, callId, 'transfer_to_mechanic', request);
    await eventually(async () =>
      expect(await runToolOnce(user, callId, 'transfer_to_mechanic', request)).toEqual(first),
    );
  });

  test('the choices of the visitor go along as far as the next agent offers them', async () => {
    const user = visitor();
    const { callId } = await openWith(user, { options: { language: 'de', voice: 'marin', tone: 'warm' } });
    const { session } = await handOff(user, callId, 'sam');
    expect(session.instructions).toContain('Speak German');
    expect(session.instructions).not.toContain('Tone: warm');
  });

  test('not of a call that is over, nor of somebody else', async () => {
    const user = visitor();
    const { callId } = await open(user);
    await expect(handOff(visitor(), callId, 'sam')).rejects.toEqual(refusedWith('call_not_found'));
    await end(user, callId);
    await expect(handOff(user, callId, 'sam')).rejects.toEqual(refusedWith('call_ended'));
    expect(await readCall(callId)).toMatchObject({ agent: 'robin' });
  });
});
