// A call with the Agents SDK over WebRTC, as its guide shows it.
import { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { z } from 'zod';

const query = new URLSearchParams(location.search);

const findSlots = tool({
  name: 'find_slots',
  description: 'Lists the free times on a day.',
  parameters: z.object({ day: z.string().describe('The day, such as friday.') }),
  async execute({ day }) {
    document.querySelector('[role=status]').textContent = day;
    return JSON.stringify({ summary: 'On Friday we have nine thirty and eleven.' });
  },
});

async function talk() {
  const agent = new RealtimeAgent({
    name: 'Wren',
    instructions: 'You run a repair shop.',
    tools: [findSlots],
  });
  const transport = new OpenAIRealtimeWebRTC({ baseUrl: query.get('url') });
  const session = new RealtimeSession(agent, { transport });
  await session.connect({ apiKey: query.get('secret') });
}

document.querySelector('button').addEventListener('click', () => void talk());
