// A program of its own, because NODE_EXTRA_CA_CERTS is read when Node starts. Prints what the agent says.
import OpenAI from 'openai';
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket';

// Node has a browser's WebSocket, which the package takes for a browser.
const rt = new OpenAIRealtimeWebSocket(
  { model: 'gpt-realtime-2.1', dangerouslyAllowBrowser: true },
  new OpenAI(),
);
rt.on('session.created', () => rt.send({ type: 'response.create' }));
rt.on('response.output_audio_transcript.done', ({ transcript }) => {
  console.log(transcript);
  rt.close();
});
rt.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
