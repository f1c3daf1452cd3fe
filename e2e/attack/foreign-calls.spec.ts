import { expect, test } from 'playwright/test';
import { Stage } from './server/attack-server.ts';
import { newPerson } from './server/people.ts';

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.start();
});
test.afterAll(() => stage.close());

const end = (callId: string) => `/api/voice/calls/${callId}/end`;
const connected = (callId: string) => `/api/voice/calls/${callId}/connected`;
const tool = (callId: string, name: string) => `/api/voice/calls/${callId}/tools/${name}`;
const preview = (callId: string, name: string) => `${tool(callId, name)}/preview`;
const byUser = { reason: 'user' };
let ids = 0;
const run = (args: object = {}, toolCallId = `call_attack_${++ids}`) => ({ toolCallId, arguments: args });

test('ended twice, at once and later: one receipt, one charge', async () => {
  const ann = await newPerson();
  const callId = await stage.open(ann);
  const both = await Promise.all([1, 2].map(() => stage.send(end(callId), { as: ann, body: byUser })));
  const later = await stage.send(end(callId), { as: ann, body: { reason: 'page_closed' } });
  expect([...both, later].map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set([...both, later].map(({ text }) => text)).size).toBe(1);
  const { seconds } = JSON.parse(later.text);
  expect(await stage.sums(`account:${ann.id}`)).toEqual({ spent: seconds, held: 0 });
});

test('ended without a connection ever reported: the whole reservation is charged', async () => {
  const ann = await newPerson();
  const answer = await stage.send(end(await stage.open(ann)), { as: ann, body: byUser });
  expect(JSON.parse(answer.text)).toMatchObject({ seconds: 300 });
});

test('another person can neither end, connect nor use a call', async () => {
  const [ann, mallory] = [await newPerson(), await newPerson()];
  const callId = await stage.open(ann);
  const before = await stage.redis.hgetall(`voice:call:${callId}`);
  const tries = [
    stage.send(end(callId), { as: mallory, body: byUser }),
    stage.send(connected(callId), { as: mallory, body: { rtcCallId: 'rtc_mallory' } }),
    stage.send(tool(callId, 'end_call'), { as: mallory, body: run() }),
    stage.send(preview(callId, 'end_call'), { as: mallory, body: { arguments: {} } }),
  ];
  for (const { status, code } of await Promise.all(tries)) {
    expect({ status, code }).toEqual({ status: 404, code: 'call_not_found' });
  }
  expect(await stage.redis.hgetall(`voice:call:${callId}`)).toEqual(before);
});

test('connected with the connection of another person’s call is refused', async () => {
  const [ann, mallory] = [await newPerson(), await newPerson()];
  const [hers, mine] = [await stage.open(ann), await stage.open(mallory)];
  const rtcCallId = 'rtc_of_ann';
  expect((await stage.send(connected(hers), { as: ann, body: { rtcCallId } })).status).toBe(204);
  const stolen = await stage.send(connected(mine), { as: mallory, body: { rtcCallId } });
  expect(stolen.code).toBe('bad_request');
  expect(await stage.redis.hget(`voice:call:${mine}`, 'rtcCallId')).toBeNull();
});

test('a tool of an ended call does not run', async () => {
  const ann = await newPerson();
  const callId = await stage.open(ann);
  await stage.send(end(callId), { as: ann, body: byUser });
  expect((await stage.send(tool(callId, 'end_call'), { as: ann, body: run() })).code).toBe('call_ended');
});

test('a tool that there is not, and an agent that there is not', async () => {
  const ann = await newPerson();
  expect((await stage.mint(ann, { agent: 'nobody' })).code).toBe('unknown_agent');
  const callId = await stage.open(ann);
  expect((await stage.send(tool(callId, 'drop_tables'), { as: ann, body: run() })).code).toBe('unknown_tool');
});

test('a tool of another agent is forbidden', async () => {
  const ann = await newPerson();
  const callId = await stage.open(ann);
  await stage.redis.hset(`voice:call:${callId}`, { agent: 'somebody-else' });
  const answer = await stage.send(tool(callId, 'end_call'), { as: ann, body: run() });
  expect({ status: answer.status, code: answer.code }).toEqual({ status: 403, code: 'tool_forbidden' });
});

test('twice with one id: it ran once, and both get its answer', async () => {
  const ann = await newPerson();
  const callId = await stage.open(ann);
  const body = run({}, 'call_twice');
  const once = await stage.send(tool(callId, 'end_call'), { as: ann, body });
  const again = await stage.send(tool(callId, 'end_call'), { as: ann, body });
  expect(again.text).toBe(once.text);
  expect(stage.server.printed.match(/"tool":"end_call","ok":true/g)?.length ?? 0).toBe(1);
});

test('wrong arguments are an answer that the agent can correct itself by, and run nothing', async () => {
  const ann = await newPerson();
  const callId = await stage.open(ann);
  const body = run({ owner: { $ne: null }, reason: ['x'] });
  const answer = await stage.send(tool(callId, 'end_call'), { as: ann, body });
  expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'bad_arguments' } });
});

test('an id that names another key of the database is a call that there is not', async () => {
  const ann = await newPerson();
  const callId = await stage.open(ann);
  await stage.send(tool(callId, 'end_call'), { as: ann, body: run({}, 'owner') });
  for (const id of [`${callId}:tools`, `${callId}%3Atools`, '%00', 'x'.repeat(3000)]) {
    const answer = await stage.send(end(id), { as: ann, body: byUser });
    expect({ status: answer.status, code: answer.code }).toEqual({ status: 404, code: 'call_not_found' });
  }
});
