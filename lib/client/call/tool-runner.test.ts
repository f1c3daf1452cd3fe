import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { refusalWith } from '@/lib/client/testing/fake-network';
import { entry, liveCall } from '@/lib/client/testing/live-call';

stopClock();

describe('tools', () => {
  it('run on the server, once per tool call id, and the model gets the reply', async () => {
    const { store, network, askFor, output, sent } = await liveCall();
    network.tool = () => Response.json({ ok: true, summary: 'Friday at ten is free.', data: [1] });
    askFor('look_it_up', '{"day":"Friday"}');
    expect(await output()).toMatchObject({ call_id: 'call_1' });
    expect(network.to('/tools/look_it_up')).toMatchObject([
      {
        path: '/api/voice/calls/call_n1/tools/look_it_up',
        body: { toolCallId: 'call_1', arguments: { day: 'Friday' } },
      },
    ]);
    expect(JSON.parse((await output()).output)).toEqual({
      ok: true,
      summary: 'Friday at ten is free.',
      data: [1],
    });
    expect(sent('response.create')).toHaveLength(1);
    expect(entry(store.getState().transcript, 'call_1')).toMatchObject({
      kind: 'tool',
      title: 'Look it up',
      state: 'done',
      reply: { ok: true },
    });
  });

  it('return the refusal when the server refuses, and try again once after a broken connection', async () => {
    const { network, askFor, output } = await liveCall();
    network.tool = () => refusalWith('rate_limited', 429, 3);
    askFor('look_it_up');
    expect(JSON.parse((await output()).output)).toMatchObject({ ok: false, error: { code: 'rate_limited' } });

    const broken = await liveCall();
    let tries = 0;
    broken.network.tool = () =>
      ++tries === 1
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Response.json({ ok: true, summary: '', data: 0 });
    broken.askFor('look_it_up');
    await vi.advanceTimersByTimeAsync(300);
    expect(JSON.parse((await broken.output()).output)).toMatchObject({ ok: true });
  });

  it.each([['{"day":'], ['[]'], ['']])(
    'answer broken arguments %j, so that the agent goes on',
    async (args) => {
      const { store, network, askFor, output, sent } = await liveCall();
      askFor('look_it_up', args);
      expect((await output()).output).toContain('bad_arguments');
      expect(sent('response.create')).toHaveLength(1);
      expect(network.to('/tools/look_it_up')).toHaveLength(0);
      expect(entry(store.getState().transcript, 'call_1')).toMatchObject({ state: 'failed' });
    },
  );

  it('whose call has no usable id get a reply, and do not run', async () => {
    const { network, askFor, sent } = await liveCall();
    askFor('look_it_up', '{}', 'not an id');
    await vi.waitFor(() => expect(JSON.stringify(sent('conversation.item.create'))).toContain('bad_request'));
    expect(network.to('/tools/look_it_up')).toHaveLength(0);
  });

  it('that do not exist get a reply too, and nobody waits for one that never ran', async () => {
    const { store, live, askFor, output, sent } = await liveCall();
    askFor('make_coffee');
    expect((await output()).output).toContain('not found');
    await vi.waitFor(() => expect(sent('response.create')).toHaveLength(1));
    expect(entry(store.getState().transcript, 'call_1')).toMatchObject({ state: 'failed' });
    await vi.advanceTimersByTimeAsync(11_000);
    expect(live().turn).toBe('listening');
  });

  it('of the agent before a handoff are tools that do not exist', async () => {
    const { store, live, network, askFor, sent } = await liveCall();
    const session = { type: 'realtime', instructions: '', tools: [] };
    const handoff = { agent: { name: 'bo', title: 'Bo' }, tools: [], session };
    network.tool = () => Response.json({ ok: true, summary: 'Bo takes over.', data: null, handoff });
    askFor('look_it_up');
    await vi.waitFor(() => expect(live().agent.name).toBe('bo'));
    await vi.waitFor(() => expect(sent('response.create')).toHaveLength(1));
    askFor('look_it_up', '{}', 'call_2');
    await vi.waitFor(() => expect(sent('response.create')).toHaveLength(2));
    expect(entry(store.getState().transcript, 'call_2')).toMatchObject({ state: 'failed' });
    // The end, and its receipt, are of the agent who answered last.
    store.commands.end();
    expect(store.getState().phase).toMatchObject({ name: 'ending', agent: { name: 'bo' } });
    expect((await untilPhase(store, 'ended')).phase).toMatchObject({ agent: { name: 'bo' } });
  });

  it('end the call when the user was signed out meanwhile', async () => {
    const { store, network, askFor } = await liveCall();
    network.tool = () => refusalWith('unauthenticated', 401);
    network.end = () => refusalWith('unauthenticated', 401);
    askFor('look_it_up');
    expect((await untilPhase(store, 'ended')).phase).toMatchObject({
      reason: 'signed_out',
      cause: null,
      receipt: null,
    });
  });

  it('may finish after the hang-up: the transcript still shows it', async () => {
    const { store, network, askFor } = await liveCall();
    let answer = (_response: Response) => {};
    network.tool = () => new Promise((resolve) => (answer = resolve));
    askFor('look_it_up');
    await vi.waitFor(() => expect(network.to('/tools/look_it_up')).toHaveLength(1));
    store.commands.end();
    answer(Response.json({ ok: true, summary: 'Booked.', data: 0 }));
    const { transcript } = await untilState(store, ({ transcript }) => {
      const card = entry(transcript, 'call_1');
      return card?.kind === 'tool' && card.state === 'done';
    });
    expect(transcript).toHaveLength(1);
  });
});
