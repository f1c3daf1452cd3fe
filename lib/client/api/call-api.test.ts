import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallApi } from '@/lib/client/api/call-api';
import { CallFailure } from '@/lib/client/api/call-failure';
import { thisBrowser } from '@/lib/client/page/browser';
import { FakeNetwork, refusalWith, ticketFor } from '@/lib/client/testing/fake-network';
import type { CallId, RtcCallId, ToolCallId } from '@/lib/shared/ids';

const CALL = 'call_n1' as CallId;
const CONNECTION = 'rtc_1' as RtcCallId;
const TOOL_CALL = 't1' as ToolCallId;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

function createApi() {
  const network = new FakeNetwork();
  return { network, api: createCallApi({ ...thisBrowser, fetch: network.fetch }) };
}

/** Returns the refusal with which `work` fails. */
async function catchRefusal(work: Promise<unknown>) {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof CallFailure)) throw new Error('It did not fail as a CallFailure.');
  return error.refusal;
}

describe('openCall', () => {
  it('throws the code, the message and the waiting time of the refusal', async () => {
    const { api, network } = createApi();
    network.openCall = () => refusalWith('budget_exhausted', 503, 60);
    const retryAtMs = Date.now() + 60_000;
    const refusal = {
      code: 'budget_exhausted',
      message: 'Refused: budget_exhausted',
      retryAtMs,
      cause: null,
    };
    expect(await catchRefusal(api.openCall({}))).toEqual(refusal);
  });

  it.each([
    ['a page of a proxy', () => new Response('<html>', { status: 502 }), 'internal'],
    ['a body that is no ticket', () => Response.json({ callId: 'x' }, { status: 201 }), 'internal'],
    ['a success that is not JSON', () => new Response('ok'), 'internal'],
    ['a broken connection', () => Promise.reject(new TypeError('Failed to fetch')), 'network'],
  ])('explains %s', async (_what, answer, code) => {
    const { api, network } = createApi();
    network.openCall = answer;
    expect(await catchRefusal(api.openCall({}))).toMatchObject({ code, retryAtMs: null });
  });

  it.each(Object.keys(ticketFor('call_n1')))(
    'refuses a ticket without %s, and one whose %s is null',
    async (field) => {
      const { api, network } = createApi();
      for (const value of [undefined, null]) {
        network.openCall = () => Response.json({ ...ticketFor('call_n1'), [field]: value }, { status: 201 });
        expect(await catchRefusal(api.openCall({}))).toMatchObject({ code: 'internal' });
      }
    },
  );
});

describe('reportConnected', () => {
  it('is repeated while the connection is broken', async () => {
    const { api, network } = createApi();
    const answers = [new Response('', { status: 500 }), new Response(null, { status: 204 })];
    network.connected = () => answers.shift() ?? Promise.reject(new TypeError('Failed to fetch'));
    const reported = api.reportConnected(CALL, CONNECTION);
    await vi.advanceTimersByTimeAsync(500);
    await reported;
    expect(network.to('/connected')).toHaveLength(2);
  });

  it('is not repeated after a refusal', async () => {
    const { api, network } = createApi();
    network.connected = () => refusalWith('call_not_found', 404);
    expect(await catchRefusal(api.reportConnected(CALL, CONNECTION))).toMatchObject({
      code: 'call_not_found',
    });
    expect(network.to('/connected')).toHaveLength(1);
  });

  it('gives up after three repeats', async () => {
    const { api, network } = createApi();
    network.connected = () => Promise.reject(new TypeError('Failed to fetch'));
    const refusal = catchRefusal(api.reportConnected(CALL, CONNECTION));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await refusal).toMatchObject({ code: 'network' });
    expect(network.to('/connected')).toHaveLength(4);
  });
});

describe('runTool', () => {
  const run = (api: ReturnType<typeof createApi>['api']) =>
    api.runTool(CALL, 'look_it_up', { toolCallId: TOOL_CALL, arguments: {} }).catch(() => {});

  it('goes after a report under way, because the server runs tools in connected calls only', async () => {
    const { api, network } = createApi();
    const answer = new Response(null, { status: 204 });
    network.connected = () => new Promise((resolve) => setTimeout(() => resolve(answer), 500));
    void api.reportConnected(CALL, CONNECTION);
    const ran = run(api);
    await vi.advanceTimersByTimeAsync(499);
    expect(network.to('/tools/look_it_up')).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    await ran;
    expect(network.to('/tools/look_it_up')).toHaveLength(1);
  });

  it('does not wait for a report that hangs', async () => {
    const { api, network } = createApi();
    network.connected = () => new Promise(() => {});
    void api.reportConnected(CALL, CONNECTION).catch(() => {});
    const ran = run(api);
    await vi.advanceTimersByTimeAsync(2_000);
    await ran;
    expect(network.to('/tools/look_it_up')).toHaveLength(1);
  });

  it('gives up on a server that does not respond', async () => {
    const { api, network } = createApi();
    network.tool = () => new Promise(() => {});
    const refusal = catchRefusal(api.runTool(CALL, 'look_it_up', { toolCallId: TOOL_CALL, arguments: {} }));
    await vi.advanceTimersByTimeAsync(41_000);
    expect(await refusal).toMatchObject({ code: 'timeout' });
  });

  it('refuses a body that is not a reply', async () => {
    const { api, network } = createApi();
    network.tool = () => Response.json({ summary: 'Booked.' });
    expect(
      await catchRefusal(api.runTool(CALL, 'look_it_up', { toolCallId: TOOL_CALL, arguments: {} })),
    ).toMatchObject({
      code: 'internal',
    });
  });
});

describe('resumeCall', () => {
  it('returns the new ticket of the same call', async () => {
    const { api, network } = createApi();
    const ticket = ticketFor('call_n1', { callSeconds: 90 });
    network.resume = () => Response.json(ticket, { status: 201 });
    expect(await api.resumeCall(CALL)).toEqual(ticket);
    expect(network.to('/resume')).toMatchObject([{ path: '/api/voice/calls/call_n1/resume', body: {} }]);
  });

  it('throws the refusal of the server', async () => {
    const { api, network } = createApi();
    network.resume = () => refusalWith('not_resumable', 409);
    expect(await catchRefusal(api.resumeCall(CALL))).toMatchObject({ code: 'not_resumable' });
  });
});

it('endCall returns null without a receipt', async () => {
  const { api, network } = createApi();
  network.end = () => refusalWith('call_not_found', 404);
  expect(await api.endCall(CALL, 'user')).toBeNull();
  network.end = () => Response.json({});
  expect(await api.endCall(CALL, 'user')).toBeNull();
});
