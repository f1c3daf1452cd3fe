import { expect, it } from 'vitest';
import type { TranscriptEntry } from '@/lib/client/state/call-state';
import { seedItems } from '@/lib/client/state/replay';

const user = (id: string, text: string): TranscriptEntry => ({
  kind: 'user',
  id,
  text,
  state: 'done',
  typed: false,
});

it('repeats what was said and done, with the heard part of a cut message, and none of our notes', () => {
  const transcript: TranscriptEntry[] = [
    user('u1', 'What is free?'),
    { kind: 'note', id: 'n1', text: 'Connected again.' },
    {
      kind: 'tool',
      id: 'call_1',
      name: 'look_it_up',
      title: 'Look it up',
      state: 'done',
      startedAtMs: 0,
      finishedAtMs: 1,
      arguments: { day: 'Friday' },
      reply: { ok: true, summary: 'Two are free.', data: [1] },
    },
    {
      kind: 'agent',
      id: 'a1',
      text: 'Two are free on Friday',
      spokenChars: 12,
      state: 'interrupted',
      speaker: 'Ada',
    },
    user('u2', ''),
  ];
  expect(seedItems(transcript)).toEqual([
    { id: 'u1', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is free?' }] },
    { type: 'function_call', call_id: 'call_1', name: 'look_it_up', arguments: '{"day":"Friday"}' },
    {
      type: 'function_call_output',
      call_id: 'call_1',
      output: '{"ok":true,"summary":"Two are free.","data":[1]}',
    },
    {
      id: 'a1',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Two are free' }],
    },
  ]);
});

it('leaves out a tool without a reply, and what is too long ago', () => {
  const long = Array.from({ length: 50 }, (_, index) => user(`u${index}`, `Sentence ${index}`));
  const items = seedItems(long);
  expect(items).toHaveLength(40);
  expect(items[0]).toMatchObject({ id: 'u10' });
  expect(
    seedItems([
      {
        kind: 'tool',
        id: 'call_1',
        name: 'look_it_up',
        title: 'Look it up',
        state: 'running',
        startedAtMs: 0,
        finishedAtMs: null,
        arguments: {},
        reply: null,
      },
    ]),
  ).toEqual([]);
});
