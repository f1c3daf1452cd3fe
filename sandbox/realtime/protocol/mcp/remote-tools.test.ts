import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallHarness } from '../../testing/call-harness.ts';
import { ParcelServer } from '../../testing/mcp-server.ts';

let parcels: ParcelServer;
let call: CallHarness;
beforeEach(async () => {
  parcels = await new ParcelServer('mcp-token').start();
});
afterEach(async () => {
  call.end();
  await parcels.close();
});

const server = (options: object = {}) => ({
  type: 'mcp' as const,
  server_label: 'parcels',
  server_url: parcels.url,
  authorization: 'mcp-token',
  ...options,
});

/** A call whose session has the server, after its tools were listed. */
async function listed(options: object = {}): Promise<void> {
  call = new CallHarness();
  call.send({ type: 'session.update', session: { type: 'realtime', tools: [server(options)] } });
  await call.next('mcp_list_tools.completed');
}

const status = [{ name: 'get_pickup_times', arguments: { day: 'friday' } }];
const cancel = (day = 'friday') => [{ name: 'cancel_pickup', arguments: { day } }];

test('lists the tools of a server, with its headers and its token', async () => {
  await listed({ headers: { 'x-shop': 'north' } });
  expect(call.order()).toEqual([
    'session.updated',
    'conversation.item.added',
    'mcp_list_tools.in_progress',
    'conversation.item.done',
    'mcp_list_tools.completed',
  ]);
  const [done] = call.all('conversation.item.done');
  expect(done?.item).toMatchObject({
    type: 'mcp_list_tools',
    server_label: 'parcels',
    tools: [
      { name: 'get_pickup_times', annotations: { readOnlyHint: true } },
      { name: 'cancel_pickup', input_schema: { required: ['day'] } },
    ],
  });
  expect(parcels.headers[0]).toMatchObject({ 'x-shop': 'north', authorization: 'Bearer mcp-token' });
  const [updated] = call.all('session.updated');
  expect(JSON.stringify(updated)).not.toMatch(/mcp-token|north/);
  expect(JSON.stringify(call.call.log)).not.toMatch(/"from":"client".*(?:mcp-token|north)/);
});

test('calls a tool that needs no approval, and the next response has its result', async () => {
  await listed({ require_approval: 'never' });
  const from = call.events.length;
  call.mind.call(status);
  call.type('When do you come on Friday?');
  const done = await call.next('response.mcp_call.completed');
  await call.next('conversation.item.done');
  expect(call.order(from).slice(2)).toEqual([
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    'response.mcp_call_arguments.delta*',
    'response.mcp_call_arguments.done',
    'response.output_item.done',
    'response.mcp_call.in_progress',
    'response.done',
    'rate_limits.updated',
    'response.mcp_call.completed',
    'conversation.item.done',
  ]);
  expect(call.events.at(-1)).toMatchObject({
    item: { id: done.item_id, type: 'mcp_call', arguments: '{"day":"friday"}', approval_request_id: null },
  });
  expect(parcels.asked).toEqual(status);
  call.mind.say('We come at ten.');
  call.send({ type: 'response.create' });
  await call.next('response.done');
  const output = '{"summary":"On friday we come at ten."}';
  expect(call.mind.inputs.at(-1)?.results).toEqual([{ ...status[0], output }]);
  call.send({ type: 'response.create' });
  await call.next('response.done');
  expect(call.mind.inputs.at(-1)?.results).toEqual([]);
});

test('asks for approval, and calls when it is given', async () => {
  await listed();
  call.mind.call(cancel());
  call.type('Cancel the pickup on Friday.');
  await call.next('response.done');
  const request = call.all('conversation.item.done').at(-1)?.item;
  expect(request).toMatchObject({
    type: 'mcp_approval_request',
    server_label: 'parcels',
    name: 'cancel_pickup',
  });
  expect(parcels.asked).toEqual([]);
  const approve = { type: 'mcp_approval_response', approval_request_id: request?.id, approve: true };
  call.send({ type: 'conversation.item.create', item: approve });
  const { item_id } = await call.next('response.mcp_call.completed');
  expect(parcels.asked).toEqual(cancel());
  expect(call.call.conversation.find(item_id)?.item).toMatchObject({ approval_request_id: request?.id });
  call.send({ type: 'conversation.item.create', item: approve });
  expect(await call.next('error')).toMatchObject({ error: { param: 'item.approval_request_id' } });
  expect(parcels.asked).toHaveLength(1);
});

test('a refused call never reaches the server, and the reason is the result', async () => {
  await listed({ require_approval: { never: { read_only: true } } });
  call.mind.call(cancel());
  call.type('Cancel the pickup on Friday.');
  await call.next('response.done');
  const approval_request_id = call.all('conversation.item.done').at(-1)?.item.id;
  const item = { type: 'mcp_approval_response', approval_request_id, approve: false, reason: 'Not today.' };
  call.send({ type: 'conversation.item.create', item });
  await call.next('response.mcp_call.failed');
  call.send({ type: 'response.create' });
  await call.next('response.done');
  expect(parcels.asked).toEqual([]);
  expect(call.mind.inputs.at(-1)?.results[0]?.output).toContain('Not today.');
});

test('a result that comes after the agent spoke again is still told', async () => {
  await listed();
  call.mind.call(cancel());
  call.type('Cancel the pickup on Friday.');
  await call.next('response.done');
  const approval_request_id = call.all('conversation.item.done').at(-1)?.item.id;
  call.mind.say('Please look at the screen.');
  call.type('Well?');
  await call.next('response.done');
  const item = { type: 'mcp_approval_response', approval_request_id, approve: true };
  call.send({ type: 'conversation.item.create', item });
  await call.next('response.mcp_call.completed');
  call.send({ type: 'response.create' });
  await call.next('response.done');
  expect(call.mind.inputs.at(-1)?.results).toMatchObject(cancel());
});

test('a tool that fails, and a server that is gone, fail the call and say how', async () => {
  await listed({ require_approval: 'never' });
  call.mind.call(cancel('broken'));
  call.type('Send it back.');
  await call.next('response.mcp_call.failed');
  expect((await call.next('conversation.item.done')).item).toMatchObject({
    error: { type: 'tool_execution_error', message: 'The scanner is broken.' },
    output: null,
  });
  await parcels.close();
  call.mind.call(status);
  call.type('Where is it?');
  await call.next('response.mcp_call.failed');
  expect((await call.next('conversation.item.done')).item).toMatchObject({ error: { type: 'http_error' } });
});

test('a wrong token fails the listing, and a later update tries again', async () => {
  call = new CallHarness();
  const tools = [server({ authorization: 'wrong' })];
  call.send({ type: 'session.update', session: { type: 'realtime', tools } });
  await call.next('mcp_list_tools.failed');
  expect(call.all('conversation.item.done')[0]?.item).toMatchObject({
    error: expect.stringMatching(/'parcels'.*\(401\)/),
  });
  call.send({ type: 'session.update', session: { type: 'realtime', tools } });
  await call.next('mcp_list_tools.failed');
  call.send({ type: 'session.update', session: { type: 'realtime', tools: [server()] } });
  await call.next('mcp_list_tools.completed');
});

test('only allowed tools are listed, and the mind is told what the screen asks', async () => {
  await listed({ allowed_tools: { read_only: false } });
  call.type('Hello.');
  await call.next('response.done');
  const tools = call.mind.inputs.at(-1)?.tools ?? [];
  expect(tools.map(({ name }) => name)).toEqual(['cancel_pickup']);
  expect(tools[0]?.description).toContain('on the screen');
});

test('tool_choice may name a server, and one of its tools; a response may refer to the server of its session', async () => {
  await listed();
  const ask = async (response: object) => {
    call.send({ type: 'response.create', response });
    await call.next('response.done');
    return call.mind.inputs.at(-1)?.tools.map(({ name }) => name);
  };
  const label = { type: 'mcp', server_label: 'parcels' };
  expect(await ask({ tool_choice: { ...label, name: 'cancel_pickup' } })).toEqual(['cancel_pickup']);
  expect(await ask({ tool_choice: label })).toHaveLength(2);
  expect(await ask({ tool_choice: { ...label, server_label: 'other' } })).toEqual([]);
  expect(await ask({ tools: [{ ...label, allowed_tools: ['get_pickup_times'] }] })).toEqual([
    'get_pickup_times',
  ]);
  expect(await ask({ tools: [] })).toEqual([]);
});

test.each([
  [{ server_url: 'https://mcp.example.com/mcp' }, 'invalid_value', 'session.tools[0].server_url'],
  [{ server_url: 'http://127.0.0.1.example.com/' }, 'invalid_value', 'session.tools[0].server_url'],
  [{ server_url: 'http://169.254.169.254/latest' }, 'invalid_value', 'session.tools[0].server_url'],
  [{ server_url: 'file:///etc/passwd' }, 'invalid_value', 'session.tools[0].server_url'],
  [{ server_url: undefined }, 'missing_required_parameter', 'session.tools[0].server_url'],
  [
    { connector_id: 'connector_gmail', server_url: undefined },
    'invalid_value',
    'session.tools[0].connector_id',
  ],
  [{ tunnel_id: 'tunnel_1', server_url: undefined }, 'invalid_value', 'session.tools[0].tunnel_id'],
])('%j is refused', async (options, code, param) => {
  call = new CallHarness();
  call.send({ type: 'session.update', session: { type: 'realtime', tools: [server(options)] } });
  expect(await call.next('error')).toMatchObject({ error: { code, param } });
  expect(call.all('session.updated')).toEqual([]);
});
