import { expect, it } from 'vitest';
import { toKeptEntries } from '@/components/call/ended/kept-entries';
import type { TranscriptEntry } from '@/lib/client/state/call-state';
import { KeepTranscriptRequest, TRANSCRIPT_MAX_BYTES } from '@/lib/shared/kept-transcript';

const said = (count: number, text: string): TranscriptEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'user',
    id: `item-${index}`,
    text: `${index} ${text}`,
    state: 'done',
    typed: false,
  }));

it('keeps all of an ordinary conversation', () => {
  expect(toKeptEntries(said(3, 'words'), 'Ada')).toHaveLength(3);
  expect(toKeptEntries(said(500, 'yes'), 'Ada')[0]).toMatchObject({ kind: 'user' });
});

it.each([
  ['of many entries', said(700, 'yes')],
  ['of many words', said(400, 'Übermut tut selten gut. '.repeat(30))],
])('keeps the newest part of a conversation %s, and says that its beginning is missing', (_, transcript) => {
  const entries = toKeptEntries(transcript, 'Ada');
  const body = JSON.stringify({ entries });
  expect(KeepTranscriptRequest.safeParse(JSON.parse(body)).success).toBe(true);
  expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(TRANSCRIPT_MAX_BYTES);
  expect(entries[0]).toMatchObject({ kind: 'note', text: expect.stringMatching(/beginning/) });
  expect(entries.at(-1)).toMatchObject({
    text: expect.stringMatching(new RegExp(`^${transcript.length - 1} `)),
  });
});
