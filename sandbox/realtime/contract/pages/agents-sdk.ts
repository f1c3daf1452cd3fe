/** A call held with the official Agents SDK as it comes, which sends its own policy on connect. */
import { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { FIND_SLOTS, INSTRUCTIONS } from '../find-slots.ts';
import { microphone } from './microphone.ts';
import { type ConnectOptions, offer } from './page-client.ts';

let session: RealtimeSession | null = null;
let transport: OpenAIRealtimeWebRTC | null = null;

async function connect(options: ConnectOptions): Promise<{ callId: string | null }> {
  const findSlots = tool({ ...FIND_SLOTS, strict: true, execute: async () => options.toolOutput });
  const agent = new RealtimeAgent({ name: 'Wren', instructions: INSTRUCTIONS, tools: [findSlots] });
  transport = new OpenAIRealtimeWebRTC({ mediaStream: microphone, audioElement: new Audio() });
  session = new RealtimeSession(agent, { transport });
  await session.connect({ apiKey: options.secret, url: options.callsUrl });
  return { callId: transport.callId ?? null };
}

offer({
  connect,
  send: (event) => transport?.sendEvent(event as Parameters<OpenAIRealtimeWebRTC['sendEvent']>[0]),
  type: (text) => session?.sendMessage(text),
  isOpen: () => transport?.status === 'connected',
  close: () => session?.close(),
});
