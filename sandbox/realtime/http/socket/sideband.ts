import type { WebSocket } from 'ws';
import type { RealtimeCall } from '../../protocol/call.ts';
import { dropWhenDead } from './drop-when-dead.ts';
import { sendText } from './socket-connection.ts';

/**
 * `wss …/v1/realtime?call_id=`: lets a server watch and steer a call. A late attach gets no `session.created`. Closing
 * it does not end the call.
 */
export function joinCall(socket: WebSocket, call: RealtimeCall): void {
  const sendBack = (text: string): void => sendText(socket, text);
  const stopListening = call.events.listen(sendBack);
  const stopWaiting = call.onEnd(({ code, reason }) => socket.close(code, reason));
  dropWhenDead(socket);
  socket.on('message', (data) => call.obey('sideband', String(data), sendBack));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    stopListening();
    stopWaiting();
  });
}
