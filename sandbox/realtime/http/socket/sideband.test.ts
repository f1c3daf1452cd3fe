import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { API_KEY, HttpHarness } from '../../testing/http-harness.ts';

const server = new HttpHarness();
beforeAll(() => server.start());
afterAll(() => server.close());

function attach(callId: string, bearer: string): WebSocket {
  const url = `${server.baseUrl.replace('http', 'ws')}/realtime?call_id=${callId}`;
  return new WebSocket(url, { headers: { authorization: `Bearer ${bearer}` } });
}

async function nextEvent(socket: WebSocket): Promise<{ type: string; [key: string]: unknown }> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(data.toString());
}

async function refusal(socket: WebSocket): Promise<{ status: number; code: string }> {
  const [, response] = await once(socket, 'unexpected-response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, code: JSON.parse(Buffer.concat(chunks).toString()).error.code };
}

test('a sideband gets no session.created, steers the call and mirrors every event', async () => {
  const callId = await server.openCall();
  const peer = server.media.peers.at(-1);
  peer?.handlers.onChannelOpen();
  const socket = attach(callId, API_KEY);
  await once(socket, 'open');
  const first = nextEvent(socket);
  socket.send('{"type":"session.update","session":{"type":"realtime","instructions":"You are Kit."}}');
  expect(await first).toMatchObject({ type: 'session.updated', session: { instructions: 'You are Kit.' } });
  expect(peer?.sent.map((text) => JSON.parse(text).type)).toEqual(['session.created', 'session.updated']);

  const mirrored = nextEvent(socket);
  peer?.handlers.onMessage('{"type":"input_audio_buffer.clear"}');
  expect((await mirrored).type).toBe('input_audio_buffer.cleared');
  socket.close();
});

test('only the sender of a wrong event gets the error', async () => {
  const callId = await server.openCall();
  const peer = server.media.peers.at(-1);
  const socket = attach(callId, API_KEY);
  await once(socket, 'open');
  const refused = nextEvent(socket);
  socket.send('{"type":"response.cancel"}');
  expect(await refused).toMatchObject({ type: 'error', error: { code: 'response_cancel_not_active' } });
  expect(peer?.sent).toEqual([]);
  socket.close();
});

test('closing the sideband does not end the call; the end of the call closes the sideband', async () => {
  const callId = await server.openCall();
  const first = attach(callId, API_KEY);
  await once(first, 'open');
  first.close();
  await once(first, 'close');
  const second = attach(callId, API_KEY);
  await once(second, 'open');
  const closed = once(second, 'close');
  await server.post(`/realtime/calls/${callId}/hangup`);
  expect((await closed)[0]).toBe(1000);
});

test('an ephemeral secret gets the 404 of an unknown call, a wrong key 401', async () => {
  const callId = await server.openCall();
  const secret = await server.mint();
  expect(await refusal(attach(callId, secret))).toEqual({ status: 404, code: 'call_id_not_found' });
  expect(await refusal(attach('rtc_none', API_KEY))).toEqual({ status: 404, code: 'call_id_not_found' });
  expect((await refusal(attach(callId, 'sk-wrong'))).status).toBe(401);
});

test('a client that disconnects before the refusal of a sideband, or within a body, disturbs no other', async () => {
  const { port } = new URL(server.baseUrl);
  const rude = async (request: string): Promise<void> => {
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.write(request.replaceAll('\n', '\r\n'), () => socket.resetAndDestroy());
    await once(socket, 'close');
  };
  const upgrade = 'Host: sandbox\nConnection: Upgrade\nUpgrade: websocket\n\n';
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  for (let count = 0; count < 20; count++) {
    await rude(`GET /v1/realtime?call_id=rtc_none HTTP/1.1\n${upgrade}`);
    await rude(
      `POST /v1/realtime/client_secrets HTTP/1.1\nHost: sandbox\nAuthorization: Bearer ${API_KEY}\nContent-Length: 9\n\n{`,
    );
  }
  expect((await server.post('/realtime/client_secrets', {})).status).toBe(200);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});
