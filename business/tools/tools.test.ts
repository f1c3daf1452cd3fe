import { describe, expect, test } from 'vitest';
import { mondayFor, newVisit } from '@/business/testing/visit';
import { tools } from '@/business/tools';
import { getRepairStatus } from '@/business/tools/get-repair-status';
import { listServices } from '@/business/tools/list-services';
import { endCall } from '@/lib/server/agents/end-call-tool';
import { getTool, summarizeTools } from '@/lib/server/agents/lookup';

/** Describes a schema in words: "day (needed): …". */
function inWords(parameters: Record<string, unknown>): string[] {
  const { properties, required } = parameters as {
    properties: Record<string, { description?: string; enum?: string[] }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, enum: words }]) => {
    const need = required?.includes(name) ? ' (needed)' : '';
    return `${name}${need}: ${description}${words ? ` [${words.join(', ')}]` : ''}`;
  });
}

test('the arguments of the tools as the model reads them', () => {
  const services = '[tune-up, puncture repair, brake service, safety check, bike fitting, full service]';
  expect(Object.fromEntries(tools.map(({ name, parameters }) => [name, inWords(parameters)]))).toEqual({
    list_services: [`service: The one service the visitor asks about. Leave it out for all. ${services}`],
    find_slots: [
      'day (needed): The day in the words of the visitor, such as "Friday", "tomorrow morning" or "the third of December"; or "as soon as possible".',
      `service: The service it is for, if the visitor named one. ${services}`,
    ],
    book_appointment: [
      `service (needed): The service to book. ${services}`,
      'day (needed): The day in the words of the visitor, such as "Friday", "tomorrow" or "the third of December".',
      'time (needed): The time in the words of the visitor, such as "half past ten", "two o\'clock" or "10:30".',
    ],
    list_appointments: [],
    cancel_appointment: [
      'appointment: Which one: its code such as "amber 42", or its day or service as the visitor said it. Leave it out when the visitor has only one.',
    ],
    get_repair_status: [
      'ticket: The repair ticket as the visitor said it, such as "amber 42". Leave it out for the current repair.',
    ],
    diagnose_problem: [
      'problem (needed): What the bike does. Ask until you know which of these it is. [squeaking brakes, weak brakes, skipping gears, slipping chain, flat tyre, wobbling wheel, creaking noise]',
    ],
    transfer_to_mechanic: [],
    transfer_to_front_desk: [],
    end_call: [],
  });
});

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  test('has what the provider and the page need', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(tool.title).toMatch(/^[A-Z]/);
    expect(tool.parameters).toMatchObject({ type: 'object', additionalProperties: false });
    expect(tool.parameters).not.toHaveProperty('$schema');
    expect(tool.timeoutMs).toBeLessThanOrEqual(10_000);
    expect(getTool(name)).toBe(tool);
  });

  test('refuses unknown arguments', async () => {
    const reply = await tool.call({ userId: 'somebody else' }, newVisit(mondayFor('strangers')));
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad_arguments' } });
  });
});

test('names are unique, and an unknown name finds nothing', () => {
  expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
  expect(getTool('toString')).toBeNull();
  expect(getTool('drop_tables')).toBeNull();
});

test('what changes data needs approval, and the browser knows', () => {
  const summaries = summarizeTools({ tools: ['find_slots', 'book_appointment', 'cancel_appointment'] });
  expect(summaries).toEqual([
    { name: 'find_slots', title: 'Find free times', needsApproval: false, changesData: false },
    { name: 'book_appointment', title: 'Book an appointment', needsApproval: true, changesData: true },
    { name: 'cancel_appointment', title: 'Cancel an appointment', needsApproval: true, changesData: true },
  ]);
});

describe('list_services', () => {
  const visit = newVisit('2040-01-02');

  test('names all services, with prices for the first', async () => {
    expect(await listServices.call({}, visit)).toMatchObject({
      summary:
        'We do a tune-up for £65, a puncture repair for £15 and a brake service for £45. We also do a safety check, a bike fitting and a full service.',
    });
  });

  test('says the price and length of one', async () => {
    expect(await listServices.call({ service: 'flat tyre' }, visit)).toMatchObject({
      summary: 'A puncture repair costs £15 and takes 30 minutes.',
    });
    expect(await listServices.call({ service: 'bike fitting' }, visit)).toMatchObject({
      summary: 'A bike fitting costs £90 and takes an hour and a half.',
    });
  });
});

test('get_repair_status reports the current repair or the one of a ticket, and no other customer’s', async () => {
  const visit = newVisit(mondayFor('repair status'));
  const current = await getRepairStatus.call({}, visit);
  expect(current).toMatchObject({
    ok: true,
    summary: expect.stringMatching(/^Your .+ is on the stand for .+ It will be ready on /),
  });
  const { code } = (current.ok ? current.data : null) as { code: string };
  expect(await getRepairStatus.call({ ticket: `${code}.` }, visit)).toEqual(current);
  const stranger = newVisit(mondayFor('repair status'));
  const reply = await getRepairStatus.call({ ticket: code }, stranger);
  expect(JSON.stringify(reply)).not.toContain(code);
});

test('end_call says goodbye', async () => {
  expect(await endCall.call({}, newVisit('2040-01-02'))).toMatchObject({
    ok: true,
    summary: expect.any(String),
  });
});
