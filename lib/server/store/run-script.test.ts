import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineScript, runScript } from '@/lib/server/store/run-script';

const ECHO = defineScript({
  keys: ['first', '...others'],
  args: ['one', '...more'],
  reply: z.array(z.unknown()),
  lua: "return {KEY.first, KEY.others[1], KEY.others[2], ARG.one, tostring(#ARG.more), ARG.more[2] or ''}",
});

const keys = () => [1, 2, 3].map((n) => `test:${randomUUID()}:${n}`) as [string, string, string];

test('a script gets its keys and arguments by name, in whatever order they are given', async () => {
  const [first, ...others] = keys();
  const reply = await runScript(ECHO, { others, first }, { more: ['b', 7], one: 'a' });
  expect(reply).toEqual([first, ...others, 'a', 2, 7]);
  expect(await runScript(ECHO, { first, others }, { one: '', more: [] })).toEqual([
    first,
    ...others,
    '',
    0,
    '',
  ]);
});

test('a reply of another form counts as a failure of the database', async () => {
  const [first, ...others] = keys();
  const odd = { ...ECHO, reply: z.literal('done') };
  await expect(runScript(odd, { first, others }, { one: 'a', more: [] })).rejects.toMatchObject({
    code: 'store_unavailable',
  });
});
