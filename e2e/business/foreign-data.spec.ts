import { expect } from 'playwright/test';
import { newPerson } from '../attack/server/people.ts';
import { workerTest as test } from '../worker-fixtures.ts';
import { bookableDay } from './bookable-day.ts';

const end = (callId: string) => `/api/voice/calls/${callId}/end`;
const tool = (callId: string, name: string) => `/api/voice/calls/${callId}/tools/${name}`;
const preview = (callId: string, name: string) => `${tool(callId, name)}/preview`;
const byUser = { reason: 'user' };
let ids = 0;
const run = (args: object = {}, toolCallId = `call_attack_${++ids}`) => ({ toolCallId, arguments: args });

test('a tool reads and changes the signed-in user’s data, whatever the arguments say', async ({ server }) => {
  const [ann, mallory] = [await newPerson(), await newPerson()];
  const hers = await server.openConnected(ann);
  const booking = { service: 'puncture repair', day: bookableDay(), time: 'ten' };
  const booked = await server.send(tool(hers, 'book_appointment'), { as: ann, body: run(booking) });
  const { code, when } = JSON.parse(booked.text).data;
  const repairs = await server.send(tool(hers, 'get_repair_status'), { as: ann, body: run() });
  const ticket: string = JSON.parse(repairs.text).data.code;
  const before = await server.redis.hgetall(`shop:customer:${ann.id}:appointments`);

  const mine = await server.openConnected(mallory);
  const asked: [string, object][] = [
    ['list_appointments', {}],
    ['list_appointments', { userId: ann.id }],
    ['list_appointments', { user: ann.id }],
    ['get_repair_status', { ticket }],
    ['cancel_appointment', { appointment: code }],
    ['cancel_appointment', { appointment: when }],
  ];
  for (const [name, args] of asked) {
    const answer = await server.send(tool(mine, name), { as: mallory, body: run(args) });
    expect(answer.status).toBe(200);
    expect(answer.text, name).not.toContain(code);
    expect(answer.text, name).not.toContain(ticket);
  }
  expect(await server.redis.hgetall(`shop:customer:${ann.id}:appointments`)).toEqual(before);
});

test('a preview shows no other user’s data, books nothing, and ends with the call', async ({ server }) => {
  const [ann, mallory] = [await newPerson(), await newPerson()];
  const booking = { service: 'puncture repair', day: bookableDay(), time: 'half past ten' };
  const hers = await server.openConnected(ann);
  const foreseen = await server.send(preview(hers, 'book_appointment'), {
    as: ann,
    body: { arguments: booking },
  });
  expect(JSON.parse(foreseen.text)).toMatchObject({ ok: true, lines: [{}, {}, { value: '10:30 am' }] });
  const cancellation = { as: ann, body: { arguments: {} } };
  expect(
    JSON.parse((await server.send(preview(hers, 'cancel_appointment'), cancellation)).text),
  ).toMatchObject({
    ok: false,
    error: { code: 'no_appointments' },
  });
  const booked = await server.send(tool(hers, 'book_appointment'), { as: ann, body: run(booking) });
  const { code } = JSON.parse(booked.text).data;
  const mine = await server.openConnected(mallory);
  const stolen = await server.send(preview(mine, 'cancel_appointment'), {
    as: mallory,
    body: { arguments: { appointment: code } },
  });
  expect(stolen.status).toBe(200);
  expect(stolen.text).not.toContain(code);
  await server.send(end(hers), { as: ann, body: byUser });
  expect((await server.send(preview(hers, 'cancel_appointment'), cancellation)).code).toBe('call_ended');
});

test('the id of one tool’s run is refused for another tool', async ({ server }) => {
  const ann = await newPerson();
  const callId = await server.openConnected(ann);
  const body = run({}, 'call_twice');
  await server.send(tool(callId, 'list_services'), { as: ann, body });
  const other = await server.send(tool(callId, 'list_appointments'), { as: ann, body });
  expect(other.code).toBe('bad_request');
});

test('wrong arguments of a booking are a reply that lets the agent correct itself, and book nothing', async ({
  server,
}) => {
  const ann = await newPerson();
  const callId = await server.openConnected(ann);
  const body = run({ service: { $ne: null }, day: ['x'], owner: 'github_1' });
  const answer = await server.send(tool(callId, 'book_appointment'), { as: ann, body });
  expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'bad_arguments' } });
});
