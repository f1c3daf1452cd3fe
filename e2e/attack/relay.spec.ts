import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { BAD_OFFERS, GOOD_OFFER } from './fuzz/offers.ts';
import { AttackServer } from './server/attack-server.ts';
import { newPerson, type Person } from './server/people.ts';
import { PROVIDER_FAULTS } from './server/provider-faults.ts';
import { clearFaults, orderFaults } from './server/sandbox-faults.ts';

let server: AttackServer;
test.beforeAll(async () => {
  server = await AttackServer.start({ env: { VOICE_CONNECT: 'relay' } });
});
test.afterEach(clearFaults);
test.afterAll(() => server.close());

interface Ticket {
  callId: string;
  value: string;
}

async function openRelayed(person: Person): Promise<Ticket> {
  const { callId, callUrl, secret } = JSON.parse((await server.mint(person)).text);
  expect(callUrl).toBe(`${server.url}/api/voice/calls/${callId}/sdp`);
  return { callId, value: secret.value };
}

const dial = (person: Person, { callId, value }: Ticket, offer = GOOD_OFFER) =>
  server.send(`/api/voice/calls/${callId}/sdp`, {
    as: person,
    body: offer,
    headers: { authorization: `Bearer ${value}`, 'content-type': 'application/sdp' },
  });

test('opening a relayed call asks the provider for nothing', async () => {
  const before = server.toProvider.passed.length;
  await openRelayed(await newPerson());
  expect(server.toProvider.passed.length).toBe(before);
});

test('a ticket opens one connection: replayed, it is refused', async () => {
  const person = await newPerson();
  const ticket = await openRelayed(person);
  const first = await dial(person, ticket);
  expect(first.status).toBe(201);
  expect(first.headers.get('location')).toBeNull();
  expect((await dial(person, ticket)).code).toBe('ticket_refused');
});

test('of ten replays at once, one gets in', async () => {
  const person = await newPerson();
  const ticket = await openRelayed(person);
  const replies = await Promise.all(Array.from({ length: 10 }, () => dial(person, ticket)));
  expect(replies.filter(({ status }) => status === 201).length).toBe(1);
  expect(replies.filter(({ code }) => code === 'ticket_refused').length).toBe(9);
});

test('another user’s ticket, and one for another call, are refused', async () => {
  const [ann, mallory] = [await newPerson(), await newPerson()];
  const [hers, mine] = [await openRelayed(ann), await openRelayed(mallory)];
  expect((await dial(mallory, hers)).code).toBe('call_not_found');
  expect((await dial(mallory, { callId: mine.callId, value: hers.value })).code).toBe('ticket_refused');
  expect((await dial(ann, hers)).status).toBe(201);
});

test('an expired ticket is refused', async () => {
  const person = await newPerson();
  const ticket = await openRelayed(person);
  await server.redis.hset(`voice:call:${ticket.callId}`, { secretUntilMs: Date.now() - 1 });
  expect((await dial(person, ticket)).code).toBe('ticket_refused');
});

for (const [name, offer] of Object.entries(BAD_OFFERS)) {
  test(`an offer ${name} is refused, and the ticket stays good`, async () => {
    const person = await newPerson();
    const ticket = await openRelayed(person);
    expect((await dial(person, ticket, offer)).code).toBe('bad_request');
    expect((await dial(person, ticket)).status).toBe(201);
  });
}

test('an offer of a megabyte is refused', async () => {
  const person = await newPerson();
  const ticket = await openRelayed(person);
  expect((await dial(person, ticket, `${GOOD_OFFER}${'a=x\r\n'.repeat(2e5)}`)).code).toBe(
    'payload_too_large',
  );
});

for (const [name, fault, status, code] of PROVIDER_FAULTS) {
  test(`OpenAI ${name} at the call: a stable code, none of its words, and everything given back`, async () => {
    const person = await newPerson();
    const ticket = await openRelayed(person);
    await orderFaults({ calls: fault });
    const reply = await dial(person, ticket);
    expect({ status: reply.status, code: reply.code }).toEqual({ status, code });
    expect(reply.text).not.toMatch(/ordered from the sandbox|oops/);
    expect(await server.sums(person.id)).toEqual({ spent: 0, held: 0 });
  });
}
