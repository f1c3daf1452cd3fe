/** A call held with nothing but the browser's own WebRTC. */
import { answerToolCalls } from './answer-tool-calls.ts';
import { microphone } from './microphone.ts';
import { type ConnectOptions, offer, play, typedMessage } from './page-client.ts';

let connection: RTCPeerConnection | null = null;
let channel: RTCDataChannel | null = null;

const send = (event: object): void => channel?.send(JSON.stringify(event));

async function connect(options: ConnectOptions): Promise<{ callId: string | null }> {
  const peer = new RTCPeerConnection();
  connection = peer;
  channel = options.withoutChannel ? null : peer.createDataChannel('oai-events');
  if (options.listenOnly) peer.addTransceiver('audio', { direction: 'recvonly' });
  else for (const track of microphone.getAudioTracks()) peer.addTrack(track, microphone);
  peer.ontrack = ({ streams: [stream], track }) => play(stream ?? new MediaStream([track]));
  const answer = answerToolCalls(send, options.toolOutput);
  channel?.addEventListener('message', ({ data }) => answer(JSON.parse(data)));

  await peer.setLocalDescription();
  const response = await fetch(options.callsUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${options.secret}`, 'content-type': 'application/sdp' },
    body: peer.localDescription?.sdp ?? '',
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  await isUp(peer, channel);
  return { callId: response.headers.get('location')?.split('/').pop() ?? null };
}

const isUp = (peer: RTCPeerConnection, channel: RTCDataChannel | null): Promise<void> =>
  new Promise((resolve) => {
    if (channel) channel.addEventListener('open', () => resolve());
    else {
      peer.addEventListener('connectionstatechange', () => peer.connectionState === 'connected' && resolve());
    }
  });

offer({
  connect,
  send,
  type: (text) => typedMessage(text).forEach(send),
  isOpen: () => channel?.readyState === 'open' || (!channel && connection?.connectionState === 'connected'),
  close: () => connection?.close(),
});
