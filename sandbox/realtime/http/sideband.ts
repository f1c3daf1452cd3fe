import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { RealtimeCall } from '../protocol/call.ts';
import { ApiError, toApiError } from '../protocol/events/api-error.ts';
import { newId } from '../protocol/events/ids.ts';
import type { KeyRing } from './bearer.ts';
import type { CallRegistry } from './call-registry.ts';
import { MAX_BODY_BYTES } from './read-body.ts';

/** A server that does not read what it requested is disconnected. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

interface SidebandDeps {
  keys: KeyRing;
  calls: CallRegistry;
}

/**
 * `wss …/v1/realtime?call_id=`: lets a server watch and steer a call. API key only; an ephemeral secret gets
 * the 404 of an unknown call. A late attach gets no `session.created`. Closing it does not end the call.
 */
export function attachSideband(server: Server, deps: SidebandDeps): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BODY_BYTES,
    handleProtocols: (protocols) => (protocols.has('realtime') ? 'realtime' : false),
  });
  server.on('upgrade', (request, socket, head) => {
    try {
      const call = findCall(request, deps);
      sockets.handleUpgrade(request, socket, head, (webSocket) => connect(webSocket, call));
    } catch (error) {
      refuse(socket, toApiError(error));
    }
  });
}

function findCall(request: IncomingMessage, { keys, calls }: SidebandDeps): RealtimeCall {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  if (url.pathname !== '/v1/realtime') throw new ApiError(404, 'unknown_url', 'Unknown request URL.');
  const bearer = keys.read(request.headers.authorization);
  const callId = url.searchParams.get('call_id');
  if (callId === null) {
    const message = 'The sandbox speaks WebRTC. Its WebSocket only joins a call: pass call_id.';
    throw new ApiError(400, 'missing_required_parameter', message, 'call_id');
  }
  return calls.get(bearer.kind === 'secret' ? '' : callId);
}

function connect(socket: WebSocket, call: RealtimeCall): void {
  const sendBack = (text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    else socket.send(text);
  };
  const stopListening = call.events.listen(sendBack);
  const stopWaiting = call.onEnd(() => socket.close(1000, 'The call has ended.'));
  socket.on('message', (data) => call.obey('sideband', String(data), sendBack));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    stopListening();
    stopWaiting();
  });
}

function refuse(socket: Duplex, error: ApiError): void {
  // After the upgrade nothing else handles errors of this socket, and a client may disconnect before it reads
  // the refusal.
  socket.on('error', () => socket.destroy());
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
