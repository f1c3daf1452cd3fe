import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { ApiError, toApiError } from '../../protocol/events/api-error.ts';
import { withId } from '../../protocol/events/event-stream.ts';
import { newId } from '../../protocol/events/ids.ts';
import { requirePermittedHosts } from '../../protocol/mcp/permitted-hosts.ts';
import { createSession, requireRealtimeModel, type Session } from '../../protocol/policy/session.ts';
import { readSafetyIdentifier } from '../routes.ts';
import type { ServerDeps } from '../scopes.ts';
import { type CallIdentity, startCall } from '../start-call.ts';
import { dropWhenDead } from './drop-when-dead.ts';
import { SocketConnection } from './socket-connection.ts';

const KEY_PROTOCOL = 'openai-insecure-api-key.';
const BETA_PROTOCOL = 'openai-beta.realtime-v1';
/** OpenAI closes with 3000 when the key is wrong, with 4000 for any other reason, named `type.code`. */
const CLOSE_UNAUTHORISED = 3_000;
const CLOSE_REFUSED = 4_000;

const offeredProtocols = (request: IncomingMessage): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());

/** The bearer: a browser, which cannot set headers, offers its key as a subprotocol. */
export function readBearer(request: IncomingMessage): string | undefined {
  const offered = offeredProtocols(request).find((protocol) => protocol.startsWith(KEY_PROTOCOL));
  return request.headers.authorization ?? (offered && `Bearer ${offered.slice(KEY_PROTOCOL.length)}`);
}

/**
 * `wss …/v1/realtime?model=`, or `?intent=transcription`: one session over one WebSocket. What is wrong with the
 * request becomes an `error` event and the reason of the close, as at OpenAI, so that a browser can read it.
 */
export async function openSocketSession(
  socket: WebSocket,
  request: IncomingMessage,
  query: URLSearchParams,
  deps: ServerDeps,
): Promise<void> {
  socket.on('error', () => socket.terminate());
  // What the client sends while the models load waits in the socket.
  socket.pause();
  try {
    const { session, ...who } = readSession(request, query, deps);
    requirePermittedHosts(session.tools, deps.mcpHosts, 'session.tools');
    const media = await deps.media;
    await deps.calls.withPlace(async () => {
      const call = startCall(deps, media, { ...who, id: session.id, session }, new SocketConnection(socket));
      socket.on('message', (data) => call.receive(String(data)));
      socket.on('close', () => call.end('peer_remote'));
      dropWhenDead(socket);
      if (socket.readyState !== socket.OPEN) call.end('peer_remote');
      call.connected();
      call.greet();
    });
  } catch (error) {
    refuse(socket, toApiError(error));
  } finally {
    socket.resume();
  }
}

function readSession(
  request: IncomingMessage,
  query: URLSearchParams,
  { keys, secrets }: ServerDeps,
): Omit<CallIdentity, 'id'> & { session: Session } {
  if (request.headers['openai-beta'] !== undefined || offeredProtocols(request).includes(BETA_PROTOCOL)) {
    const message = 'The Realtime Beta API is no longer supported. Use /v1/realtime without the beta header.';
    throw new ApiError(400, 'beta_api_shape_disabled', message);
  }
  const bearer = keys.read(readBearer(request));
  const id = newId('sess');
  if (bearer.kind === 'secret') {
    const { session, safetyIdentifier, value: secret } = secrets.get(bearer.value);
    requireRealtimeModel(session);
    return { session: { ...session, id }, safetyIdentifier, secret };
  }
  const session = newSession(query, id);
  requireRealtimeModel(session);
  return { session, safetyIdentifier: readSafetyIdentifier(request), secret: null };
}

/** @throws ApiError `missing_model`, `invalid_value` */
function newSession(query: URLSearchParams, id: string): Session {
  const model = query.get('model');
  if (query.get('intent') === 'transcription') {
    if (model === null) return createSession({ type: 'transcription' }, id);
    const message = 'You must not provide a model parameter for transcription sessions.';
    throw new ApiError(400, 'invalid_model', message, 'model');
  }
  if (model) return createSession({ type: 'realtime', model }, id);
  throw new ApiError(400, 'missing_model', 'You must provide a model parameter.', 'model');
}

function refuse(socket: WebSocket, error: ApiError): void {
  if (socket.readyState !== socket.OPEN) return;
  const event = withId({ type: 'error', error: { ...error.fields, event_id: null } });
  socket.send(JSON.stringify(event));
  const code = error.status === 401 ? CLOSE_UNAUTHORISED : CLOSE_REFUSED;
  socket.close(code, `${error.fields.type}.${error.fields.code ?? 'unknown'}`);
}
