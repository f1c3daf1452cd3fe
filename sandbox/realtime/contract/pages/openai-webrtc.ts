/** A call held with the official `openai/realtime/webrtc`. */
import { OpenAIRealtimeWebRTC } from 'openai/realtime/webrtc';
import type { RealtimeClientEvent } from 'openai/resources/realtime/realtime';
import { answerToolCalls } from './answer-tool-calls.ts';
import { microphone } from './microphone.ts';
import { type ConnectOptions, offer, play, typedMessage } from './page-client.ts';

const realtime = new OpenAIRealtimeWebRTC();
let isOpen = false;

const send = (event: object): void => realtime.send(event as RealtimeClientEvent);

async function connect(options: ConnectOptions): Promise<{ callId: string | null }> {
  let location: string | null = null;
  for (const track of microphone.getAudioTracks()) realtime.peerConnection.addTrack(track, microphone);
  realtime.peerConnection.ontrack = ({ streams: [stream], track }) =>
    play(stream ?? new MediaStream([track]));
  realtime.onEvent(answerToolCalls(send, options.toolOutput));
  realtime.onConnectionEvent((event) => {
    if (event.type === 'closed') isOpen = false;
  });
  await realtime.connect({
    exchangeSdp: async (sdp, { signal }) => {
      const response = await fetch(options.callsUrl, {
        method: 'POST',
        headers: { authorization: `Bearer ${options.secret}`, 'content-type': 'application/sdp' },
        body: sdp,
        signal,
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      location = response.headers.get('location');
      return response.text();
    },
  });
  isOpen = true;
  return { callId: String(location).split('/').pop() ?? null };
}

offer({
  connect,
  send,
  type: (text) => typedMessage(text).forEach(send),
  isOpen: () => isOpen,
  close: () => realtime.close(),
});
