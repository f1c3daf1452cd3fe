import { hostedMcpTool } from '@openai/agents-core';
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession } from '@openai/agents-realtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPhrases } from '../mind/load-phrases.ts';
import { createMind } from '../mind/mind.ts';
import { API_KEY, HttpHarness } from '../testing/http-harness.ts';
import { ParcelServer } from '../testing/mcp-server.ts';

const MODEL = 'gpt-realtime-2.1';

let sandbox: HttpHarness;
let parcels: ParcelServer;
beforeAll(async () => {
  sandbox = await new HttpHarness({ mind: createMind(await loadPhrases(null)) }).start();
  parcels = await new ParcelServer('mcp-token').start();
});
afterAll(() => Promise.all([sandbox.close(), parcels.close()]));

/** The Agents SDK as it comes, with a hosted MCP tool, once the tools of its server are there. */
async function connect(
  requireApproval: 'always' | 'never',
): Promise<{ session: RealtimeSession; says: (words: string) => Promise<void> }> {
  // The SDK passes on headers, and leaves out its own `authorization`.
  const server = {
    serverLabel: 'parcels',
    serverUrl: parcels.url,
    headers: { authorization: 'Bearer mcp-token' },
  };
  const hosted = hostedMcpTool(
    requireApproval === 'always' ? { ...server, requireApproval } : { ...server, requireApproval },
  );
  const agent = new RealtimeAgent({
    name: 'Wren',
    instructions: 'You work in a parcel shop.',
    tools: [hosted],
  });
  const url = `${sandbox.baseUrl.replace('http', 'ws')}/realtime?model=${MODEL}`;
  const transport = new OpenAIRealtimeWebSocket({ url });
  const session = new RealtimeSession(agent, { transport, model: MODEL });
  session.on('error', ({ error }) => expect.fail(JSON.stringify(error)));
  const listed = new Promise<void>((resolve) => {
    session.on('mcp_tools_changed', (tools) => tools.length === 2 && resolve());
  });
  await session.connect({ apiKey: API_KEY });
  await listed;
  const says = (words: string) =>
    new Promise<void>((resolve) => {
      session.on('agent_end', (_context, _agent, text) => text.includes(words) && resolve());
    });
  return { session, says };
}

test('the Agents SDK’s hosted MCP tool: lists, calls and tells the result', async () => {
  const { session, says } = await connect('never');
  expect(session.availableMcpTools.map(({ name }) => name)).toEqual(['get_pickup_times', 'cancel_pickup']);
  const told = says('On Friday we come at ten');
  session.sendMessage('What are the pickup times on Friday?');
  await told;
  expect(parcels.asked.at(-1)).toEqual({ name: 'get_pickup_times', arguments: { day: 'Friday' } });
  session.close();
});

test('its approval: a yes calls the tool, a no does not', async () => {
  const { session, says } = await connect('always');
  const before = parcels.asked.length;
  session.once('tool_approval_requested', (_context, _agent, { approvalItem }) => {
    void session.reject(approvalItem, { message: 'The customer wants to keep it.' });
  });
  const refused = says('The customer wants to keep it.');
  session.sendMessage('Cancel the pickup on Friday.');
  await refused;
  expect(parcels.asked).toHaveLength(before);

  session.once('tool_approval_requested', (_context, _agent, { approvalItem }) => {
    void session.approve(approvalItem);
  });
  const done = says('We stay away');
  session.sendMessage('Cancel the pickup on Monday.');
  await done;
  expect(parcels.asked.at(-1)).toEqual({ name: 'cancel_pickup', arguments: { day: 'Monday' } });
  session.close();
});

test('what the sandbox shows of a call has no token', async () => {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const shown = await (await fetch(new URL('/__sandbox/calls', sandbox.baseUrl), { headers })).text();
  expect(shown).toContain(parcels.url);
  expect(shown).not.toContain('mcp-token');
});
