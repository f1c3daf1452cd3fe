import { describe, expect, it, vi } from 'vitest';
import { stopClock } from '@/lib/client/testing/clock';
import { untilPhase, untilState } from '@/lib/client/testing/fake-browser';
import { refusalWith } from '@/lib/client/testing/fake-network';
import { entry, liveCall } from '@/lib/client/testing/live-call';
import type { ToolCallId } from '@/lib/shared/ids';

stopClock();

describe('approvals', () => {
  const reminder = '{"item":"parcel","day":"Friday"}';

  it('wait for the user, then run and report the change', async () => {
    const onDataChanged = vi.fn();
    const { store, network, live, askFor, output } = await liveCall({}, onDataChanged);
    askFor('send_reminder', reminder);
    await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    expect(live().approval).toEqual({
      toolCallId: 'call_1',
      toolName: 'send_reminder',
      title: 'Send a reminder',
      details: [
        { label: 'Item', value: 'parcel' },
        { label: 'Day', value: 'Friday' },
      ],
      expiresAtMs: Date.now() + 30_000,
    });
    expect(entry(store.getState().transcript, 'call_1')).toMatchObject({ state: 'waiting_for_approval' });
    expect(network.to('/tools/send_reminder')).toHaveLength(0);
    store.commands.answerApproval('another' as ToolCallId, true);
    expect(live().approval).not.toBeNull();
    store.commands.answerApproval('call_1' as ToolCallId, true);
    expect(live().approval).toBeNull();
    expect(JSON.parse((await output()).output)).toMatchObject({ ok: true });
    expect(onDataChanged).toHaveBeenCalledOnce();
  });

  it('report a no to the model, and run nothing', async () => {
    const onDataChanged = vi.fn();
    const { store, network, askFor, output, sent } = await liveCall({}, onDataChanged);
    askFor('send_reminder', reminder);
    await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    store.commands.answerApproval('call_1' as ToolCallId, false);
    expect((await output()).output).toContain('said no');
    expect(sent('response.create')).toHaveLength(1);
    expect(network.to('/tools/send_reminder')).toHaveLength(0);
    expect(entry(store.getState().transcript, 'call_1')).toMatchObject({ state: 'denied' });
    expect(onDataChanged).not.toHaveBeenCalled();
  });

  it('are a no after 30 s, and the next question follows with its own 30 s', async () => {
    const { store, live, askFor, output } = await liveCall();
    askFor('send_reminder', reminder, 'call_1');
    askFor('send_reminder', reminder, 'call_2');
    await untilState(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(live().approval).toMatchObject({ toolCallId: 'call_2', expiresAtMs: Date.now() + 30_000 });
    expect((await output()).output).toContain('within 30 seconds');
  });
});

describe('a preview', () => {
  const reminder = '{"item":"parcel","day":"Friday"}';
  const LINES = [
    { label: 'Item', value: 'parcel (by post, £5)' },
    { label: 'Day', value: 'Friday 27 November' },
  ];
  const TAKEN = { ok: false, error: { code: 'slot_taken', message: 'That time is taken.' } } as const;

  type Call = Awaited<ReturnType<typeof liveCall>>;
  const asked = ({ store }: Call) =>
    untilState(store, ({ phase }) => phase.name === 'live' && phase.call.approval !== null);

  /** Asks for approval, and withholds the response to its preview. */
  async function previewing() {
    const call = await liveCall();
    let answer = (_response: Response) => {};
    let askedAtMs = 0;
    call.network.preview = () => {
      askedAtMs = Date.now();
      return new Promise((resolve) => (answer = resolve));
    };
    call.askFor('send_reminder', reminder);
    await vi.waitFor(() => expect(call.network.to('/preview')).toHaveLength(1));
    return { ...call, askedAtMs, answer: (body: object) => answer(Response.json(body)) };
  }

  it('is what the user reads, and what they allow is what may run', async () => {
    const call = await liveCall();
    call.network.preview = () => Response.json({ ok: true, lines: LINES });
    call.askFor('send_reminder', reminder);
    await asked(call);
    expect(call.network.to('/tools/send_reminder/preview')).toMatchObject([
      { body: { arguments: JSON.parse(reminder) } },
    ]);
    expect(call.live().approval).toMatchObject({ details: LINES });
    call.store.commands.answerApproval('call_1' as ToolCallId, true);
    await call.output();
    expect(call.network.to('/tools/send_reminder')).toMatchObject([
      { body: { toolCallId: 'call_1', arguments: JSON.parse(reminder), allowed: LINES } },
    ]);
  });

  it('that fails is the reply: there is no question, nothing runs, and the next question follows', async () => {
    const call = await liveCall();
    call.network.preview = () => {
      const isFirst = call.network.to('/preview').length === 1;
      return Response.json(isFirst ? TAKEN : { ok: true, lines: LINES });
    };
    call.askFor('send_reminder', reminder, 'call_1');
    call.askFor('send_reminder', reminder, 'call_2');
    expect(JSON.parse((await call.output()).output)).toEqual(TAKEN);
    await asked(call);
    expect(call.live().approval).toMatchObject({ toolCallId: 'call_2' });
    expect(entry(call.store.getState().transcript, 'call_1')).toMatchObject({
      state: 'failed',
      reply: TAKEN,
    });
    expect(call.sent('response.create')).toHaveLength(1);
    expect(call.network.to('/tools/send_reminder')).toHaveLength(0);
  });

  it('that does not come leaves the arguments, and the 30 s begin when they are shown', async () => {
    const call = await previewing();
    call.store.commands.answerApproval('call_1' as ToolCallId, true);
    await vi.advanceTimersByTimeAsync(1_400);
    expect(call.live().approval).toBeNull();
    await vi.advanceTimersByTimeAsync(100);
    await asked(call);
    expect(call.live().approval).toMatchObject({
      details: [
        { label: 'Item', value: 'parcel' },
        { label: 'Day', value: 'Friday' },
      ],
      expiresAtMs: call.askedAtMs + 1_500 + 30_000,
    });
    call.store.commands.answerApproval('call_1' as ToolCallId, true);
    await call.output();
    expect(call.network.to('/tools/send_reminder')[0]?.body).not.toHaveProperty('allowed');
  });

  it.each([
    ['a refusal', () => refusalWith('rate_limited', 429, 3)],
    ['no answer', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['nonsense', () => Response.json({ ok: true })],
  ])('is done without after %s', async (_, answer) => {
    const call = await liveCall();
    call.network.preview = answer;
    call.askFor('send_reminder', reminder);
    await asked(call);
    expect(call.live().approval?.details).toContainEqual({ label: 'Day', value: 'Friday' });
  });

  it.each([
    ['lines', { ok: true, lines: LINES }],
    ['a failure', TAKEN],
  ])('under way when the connection drops, then answered with %s, asks nothing', async (_, body) => {
    const call = await previewing();
    call.channel.drop();
    const { transcript } = call.store.getState();
    expect(entry(transcript, 'call_1')).toBeUndefined();
    call.answer(body);
    await vi.advanceTimersByTimeAsync(0);
    expect(call.live()).toMatchObject({ link: 'reconnecting', approval: null });
    expect(call.store.getState().transcript).toBe(transcript);
  });

  it('of a question on the old connection does not block one on the new connection', async () => {
    const call = await previewing();
    call.channel.drop();
    await vi.advanceTimersByTimeAsync(1_100);
    await untilState(call.store, ({ phase }) => phase.name === 'live' && phase.call.link === 'good');
    call.network.preview = () => Response.json({ ok: true, lines: LINES });
    call.askFor('send_reminder', reminder, 'call_2', call.peer().channel);
    await asked(call);
    call.answer(TAKEN);
    await vi.advanceTimersByTimeAsync(0);
    expect(call.live().approval).toMatchObject({ toolCallId: 'call_2', details: LINES });
  });

  it('under way when the call ends leaves nothing behind', async () => {
    const call = await previewing();
    call.store.commands.end();
    call.answer(TAKEN);
    const { transcript } = await untilPhase(call.store, 'ended');
    expect(entry(transcript, 'call_1')).toMatchObject({ state: 'denied', reply: null });
    expect(call.network.to('/tools/send_reminder')).toHaveLength(0);
  });
});
