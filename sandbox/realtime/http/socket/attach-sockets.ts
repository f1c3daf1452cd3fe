import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { underFault } from '../../control/endpoint-fault.ts';
import { ApiError, toApiError } from '../../protocol/events/api-error.ts';
import { newId } from '../../protocol/events/ids.ts';
import { MAX_BODY_BYTES } from '../read-body.ts';
import type { Scopes } from '../scopes.ts';
import { joinCall } from './sideband.ts';
import { openSocketSession, readBearer } from './socket-session.ts';

/** The most that OpenAI takes in one `input_audio_buffer.append`, 15 MiB, as base64 within an event. */
const MAX_EVENT_BYTES = 21 * 1024 * 1024;

const handleProtocols = (protocols: Set<string>): string | false =>
  protocols.has('realtime') ? 'realtime' : false;

/** Serves `wss …/v1/realtime`: with `call_id` it joins a call, otherwise it is a session of its own. */
export function attachSockets(server: Server, scopes: Scopes): void {
  const sidebands = new WebSocketServer({ noServer: true, maxPayload: MAX_BODY_BYTES, handleProtocols });
  const sessions = new WebSocketServer({ noServer: true, maxPayload: MAX_EVENT_BYTES, handleProtocols });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    if (url.pathname !== '/v1/realtime') throw new ApiError(404, 'unknown_url', 'Unknown request URL.');
    const callId = url.searchParams.get('call_id');
    const deps = scopes.of(readBearer(request));
    if (callId !== null) {
      // An ephemeral secret gets the 404 of an unknown call.
      const bearer = deps.keys.read(readBearer(request));
      const call = deps.calls.get(bearer.kind === 'secret' ? '' : callId);
      sidebands.handleUpgrade(request, socket, head, (webSocket) => joinCall(webSocket, call));
      return;
    }
    const { body } = await underFault(deps.faults.take('calls'), 101, () => ({ status: 101 }));
    if (body) socket.destroy();
    else {
      sessions.handleUpgrade(request, socket, head, (webSocket) => {
        void openSocketSession(webSocket, request, url.searchParams, deps);
      });
    }
  }

  server.on('upgrade', (request, socket, head) => {
    // While an upgrade waits, and after it, nothing else handles errors of this socket.
    socket.on('error', () => socket.destroy());
    upgrade(request, socket, head).catch((error: unknown) => refuse(socket, toApiError(error)));
  });
}

function refuse(socket: Duplex, error: ApiError): void {
  const body = JSON.stringify({ error: error.fields });
  const head = [
    `HTTP/1.1 ${error.status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${newId('req')}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
