import { expect, it } from 'vitest';
import { parsePreferences } from '@/components/call/call-preferences';

const UNCHOSEN = { agent: null, options: {}, pace: null, captions: 'normal', shortcuts: true };

it('reads what was stored', () => {
  const stored = {
    agent: 'bo',
    options: { bo: { tone: 'calm' } },
    pace: 'brisk',
    captions: 'large',
    shortcuts: false,
  };
  expect(parsePreferences(JSON.stringify(stored))).toEqual(stored);
});

it.each([null, '', '{', '[]', 'null', '{"agent":7,"options":null,"captions":"huge"}'])(
  'reads %j as nothing chosen',
  (text) => {
    expect(parsePreferences(text)).toEqual(UNCHOSEN);
  },
);

it('keeps the fields that can be used', () => {
  const stored =
    '{"agent":"b","pace":"patient","options":{"a":{"tone":"calm","voice":7,"mood":"x"},"b":null},"captions":"huge"}';
  expect(parsePreferences(stored)).toEqual({
    agent: 'b',
    pace: 'patient',
    options: { a: { tone: 'calm' }, b: {} },
    captions: 'normal',
    shortcuts: true,
  });
});
