import { expect, it } from 'vitest';
import { transcriptText } from '@/components/call/transcript/transcript-text';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

const TOOL = {
  kind: 'tool',
  id: 't',
  name: 'find_slots',
  title: 'Find free times',
  startedAtMs: 0,
  finishedAtMs: 1,
  arguments: { day: 'Friday' },
} as const;

it('writes a call as plain text, without raw arguments and replies', () => {
  const transcript: TranscriptEntry[] = [
    { kind: 'agent', id: 'a', text: 'Hello.', spokenChars: 6, state: 'done', speaker: null },
    { kind: 'user', id: 'u', text: 'What is free?', state: 'done', typed: false },
    { ...TOOL, id: 't1', state: 'done', reply: { ok: true, summary: 'Ten is free.', data: { secret: 1 } } },
    {
      ...TOOL,
      id: 't2',
      state: 'failed',
      reply: { ok: false, error: { code: 'taken', message: 'It is gone.' } },
    },
    { ...TOOL, id: 't3', state: 'denied', reply: null },
    { kind: 'user', id: 'u2', text: '', state: 'failed', typed: false },
    {
      kind: 'agent',
      id: 'a2',
      text: 'On Friday I have',
      spokenChars: 9,
      state: 'interrupted',
      speaker: 'Sam',
    },
    { kind: 'handoff', id: 'h', from: 'Robin', to: 'Sam' },
    { kind: 'guardrail', id: 'g', rule: 'prices', text: 'Prices come from the list.' },
    { kind: 'note', id: 'n', text: 'The connection came back.' },
  ];
  expect(transcriptText(transcript, 'Robin')).toBe(
    [
      'Robin: Hello.',
      'You: What is free?',
      '[Find free times: Done] Ten is free.',
      '[Find free times: Didn’t work] It is gone.',
      '[Find free times: Not allowed] You didn’t allow this, so nothing was changed.',
      'You: (not understood)',
      'Sam: On Friday … [interrupted]',
      '(Robin handed over to Sam)',
      '(Robin was stopped. Prices come from the list.)',
      '(The connection came back.)\n',
    ].join('\n\n'),
  );
});
