import { expect, it } from 'vitest';
import { transcriptText } from '@/components/call/transcript/transcript-text';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

const TOOL = {
  kind: 'tool',
  id: 't',
  name: 'look_it_up',
  title: 'Look it up',
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
      speaker: 'Bo',
    },
    { kind: 'handoff', id: 'h', from: 'Ada', to: 'Bo' },
    { kind: 'guardrail', id: 'g', rule: 'prices', text: 'Prices come from the list.' },
    { kind: 'note', id: 'n', text: 'The connection came back.' },
  ];
  expect(transcriptText(transcript, 'Ada')).toBe(
    [
      'Ada: Hello.',
      'You: What is free?',
      '[Look it up: Done] Ten is free.',
      '[Look it up: Didn’t work] It is gone.',
      '[Look it up: Not allowed] You didn’t allow this, so nothing was changed.',
      'You: (not understood)',
      'Bo: On Friday … [interrupted]',
      '(Ada handed over to Bo)',
      '(Stopped by a rule. Prices come from the list.)',
      '(The connection came back.)\n',
    ].join('\n\n'),
  );
});
