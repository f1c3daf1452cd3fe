import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { newPerson } from './server/people.ts';

const end = (callId: string) => `/api/voice/calls/${callId}/end`;
const connected = (callId: string) => `/api/voice/calls/${callId}/connected`;
const tool = (callId: string, name: string) => `/api/voice/calls/${callId}/tools/${name}`;
const preview = (callId: string, name: string) => `${tool(callId, name)}/preview`;
const byUser = { reason: 'user' };
let ids = 0;
const run = (args: object = {}, toolCallId = `call_attack_${++ids}`) => ({ toolCallId, arguments: args });

test('ended twice, at once and later: one receipt, one charge', async ({ server }) => {
  const ann = await newPerson();
  const callId = await server.open(ann);
  const both = await Promise.all([1, 2].map(() => server.send(end(callId), { as: ann, body: byUser })));
  const later = await server.send(end(callId), { as: ann, body: { reason: 'page_closed' } });
  expect([...both, later].map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set([...both, later].map(({ text }) => text)).size).toBe(1);
  const { seconds } = JSON.parse(later.text);
  expect(await server.sums(ann.id)).toEqual({ spent: seconds, held: 0 });
});

test('ended without a connection ever reported: the whole reservation is charged', async ({ server }) => {
  const ann = await newPerson();
  const reply = await server.send(end(await server.open(ann)), { as: ann, body: byUser });
  expect(JSON.parse(reply.text)).toMatchObject({ seconds: 300 });
});

test('another user can neither end, connect nor use a call', async ({ server }) => {
  const [ann, mallory] = [await newPerson(), await newPerson()];
  const callId = await server.open(ann);
  const before = await server.redis.hgetall(`voice:call:${callId}`);
  const tries = [
    server.send(end(callId), { as: mallory, body: byUser }),
    server.send(connected(callId), { as: mallory, body: { rtcCallId: 'rtc_mallory' } }),
    server.send(tool(callId, 'end_call'), { as: mallory, body: run() }),
    server.send(preview(callId, 'end_call'), { as: mallory, body: { arguments: {} } }),
  ];
  for (const { status, code } of await Promise.all(tries)) {
    expect({ status, code }).toEqual({ status: 404, code: 'call_not_found' });
  }
  expect(await server.redis.hgetall(`voice:call:${callId}`)).toEqual(before);
});

test('a call cannot be connected to another user’s connection', async ({ server }) => {
  const [ann, mallory] = [await newPerson(), await newPerson()];
  const [hers, mine] = [await server.open(ann), await server.open(mallory)];
  const rtcCallId = 'rtc_of_ann';
  expect((await server.send(connected(hers), { as: ann, body: { rtcCallId } })).status).toBe(204);
  const stolen = await server.send(connected(mine), { as: mallory, body: { rtcCallId } });
  expect(stolen.code).toBe('bad_request');
  expect(await server.redis.hget(`voice:call:${mine}`, 'rtcCallId')).toBeNull();
});

test('a tool of an ended call does not run', async ({ server }) => {
  const ann = await newPerson();
  const callId = await server.open(ann);
  await server.send(end(callId), { as: ann, body: byUser });
  expect((await server.send(tool(callId, 'end_call'), { as: ann, body: run() })).code).toBe('call_ended');
});

test('a tool does not run in a call that was opened and never connected: it costs nothing', async ({
  server,
}) => {
  const ann = await newPerson();
  const callId = await server.open(ann);
  const refused = [
    await server.send(tool(callId, 'end_call'), { as: ann, body: run() }),
    await server.send(preview(callId, 'end_call'), { as: ann, body: { arguments: {} } }),
  ];
  for (const { status, code } of refused) {
    expect({ status, code }).toEqual({ status: 409, code: 'call_not_connected' });
  }
});

test('an unknown tool and an unknown agent are refused', async ({ server }) => {
  const ann = await newPerson();
  expect((await server.mint(ann, { agent: 'nobody' })).code).toBe('unknown_agent');
  const callId = await server.openConnected(ann);
  expect((await server.send(tool(callId, 'drop_tables'), { as: ann, body: run() })).code).toBe(
    'unknown_tool',
  );
});

test('a tool of another agent is forbidden', async ({ server }) => {
  const ann = await newPerson();
  const callId = await server.openConnected(ann);
  await server.redis.hset(`voice:call:${callId}`, { agent: 'somebody-else' });
  const reply = await server.send(tool(callId, 'end_call'), { as: ann, body: run() });
  expect({ status: reply.status, code: reply.code }).toEqual({ status: 403, code: 'tool_forbidden' });
});

test('a tool called twice with one id runs once, and both requests get its result', async ({ server }) => {
  const ann = await newPerson();
  const callId = await server.openConnected(ann);
  const body = run({}, 'call_twice');
  const printedBefore = server.process.printed.length;
  const once = await server.send(tool(callId, 'end_call'), { as: ann, body });
  const again = await server.send(tool(callId, 'end_call'), { as: ann, body });
  expect(again.text).toBe(once.text);
  // What the server prints comes by another way than its answers, and in order: all of it is here with the call's end.
  await server.send(end(callId), { as: ann, body: byUser });
  const printed = () => server.process.printed.slice(printedBefore);
  await expect.poll(printed).toMatch(new RegExp(`"event":"call_ended".*"callId":"${callId}"`));
  expect(printed().match(/"tool":"end_call","ok":true/g)).toHaveLength(1);
});

test('wrong arguments run nothing and return an error that the agent can correct', async ({ server }) => {
  const ann = await newPerson();
  const callId = await server.openConnected(ann);
  const body = run({ owner: { $ne: null }, reason: ['x'] });
  const reply = await server.send(tool(callId, 'end_call'), { as: ann, body });
  expect(JSON.parse(reply.text)).toMatchObject({ ok: false, error: { code: 'bad_arguments' } });
});

test('an id that names another key of the database is an unknown call', async ({ server }) => {
  const ann = await newPerson();
  const callId = await server.openConnected(ann);
  await server.send(tool(callId, 'end_call'), { as: ann, body: run({}, 'owner') });
  for (const id of [`${callId}:tools`, 'x'.repeat(3000)]) {
    const reply = await server.send(end(id), { as: ann, body: byUser });
    expect({ status: reply.status, code: reply.code }).toEqual({ status: 404, code: 'call_not_found' });
  }
  // Next reads encoded paths differently from the rules that guard bodies, so with a body they reach no route.
  for (const id of [`${callId}%3Atools`, '%00']) {
    const reply = await server.send(end(id), { as: ann, body: byUser });
    expect(reply.status).toBe(303);
  }
});
