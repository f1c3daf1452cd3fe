import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineTool } from '@/lib/server/agents/define-tool';
import { fail, ok } from '@/lib/server/agents/outcome';
import { newToolContext } from '@/lib/server/testing/tool-context';

const greet = defineTool({
  name: 'greet_person',
  title: 'Greet a person',
  description: 'Greets someone by name.',
  input: z.strictObject({
    name: z.string().max(20).describe('The name, as it was said.'),
    times: z.int().min(1).optional().describe('How often.'),
  }),
  needsApproval: false,
  changesData: false,
  timeoutMs: 1000,
  async run({ name, times = 1 }, { user }) {
    if (name === 'Nobody') return fail('nobody_there', 'There is nobody to greet.');
    return ok(`Hello ${name}`.repeat(times), { by: user.id });
  },
});

const context = newToolContext();

test('the schema for the model has every description and no dialect', () => {
  expect(greet.parameters).toEqual({
    type: 'object',
    properties: {
      name: { type: 'string', maxLength: 20, description: 'The name, as it was said.' },
      times: expect.objectContaining({ type: 'integer', minimum: 1, description: 'How often.' }),
    },
    required: ['name'],
    additionalProperties: false,
  });
});

test('it runs with parsed arguments, as the user of the context', async () => {
  expect(await greet.call({ name: 'Ada' }, context)).toEqual({
    ok: true,
    summary: 'Hello Ada',
    data: { by: context.user.id },
  });
  expect(await greet.call({ name: 'Nobody' }, context)).toEqual({
    ok: false,
    error: { code: 'nobody_there', message: 'There is nobody to greet.' },
  });
});

test.each([
  [{}, 'name is missing'],
  [{ name: 5 }, 'name Invalid input: expected string'],
  [{ name: 'Ada', times: 0.5 }, 'times'],
  [{ name: 'Ada', surname: 'Lovelace' }, 'surname'],
  [null, 'expected object'],
])('wrong arguments %j are refused with the name of the field', async (args, mention) => {
  const reply = await greet.call(args, context);
  expect(reply).toMatchObject({ ok: false, error: { code: 'bad_arguments' } });
  expect(reply.ok ? '' : reply.error.message).toContain(mention);
});

test('a wrong value is not repeated', async () => {
  const reply = await greet.call({ name: 'a very long name that is a secret' }, context);
  expect(JSON.stringify(reply)).not.toContain('secret');
});

test('of many or long unknown fields, the refusal names no more than a line', async () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`field_${i}`, i]));
  for (const args of [
    { name: 'Ada', ...many },
    { name: 'Ada', ['x'.repeat(60_000)]: 1 },
  ]) {
    const reply = await greet.call(args, context);
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad_arguments' } });
    expect(JSON.stringify(reply).length).toBeLessThan(400);
  }
});

test('a tool without a preview returns no lines, but reports wrong arguments', async () => {
  expect(await greet.preview({ name: 'Ada' }, context)).toEqual({ ok: true, lines: [] });
  expect(await greet.preview({}, context)).toEqual(await greet.call({}, context));
});
