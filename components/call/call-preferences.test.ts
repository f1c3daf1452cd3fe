import { expect, it } from 'vitest';
import { offeredOptions, parsePreferences } from '@/components/call/call-preferences';

const CHOICES = { languages: ['en', 'de'], voices: ['marin'], accents: [], tones: ['calm'] };
const UNCHOSEN = { agent: null, options: {}, captions: 'normal' };

it('reads back what was stored', () => {
  const stored = { agent: 'sam', options: { sam: { tone: 'calm' } }, captions: 'large' };
  expect(parsePreferences(JSON.stringify(stored))).toEqual(stored);
});

it.each([null, '', '{', '[]', 'null', '{"agent":7,"options":null,"captions":"huge"}'])(
  'takes %j for nothing chosen',
  (text) => {
    expect(parsePreferences(text)).toEqual(UNCHOSEN);
  },
);

it('asks only for what the agent still offers', () => {
  const chosen = { language: 'de', voice: 'cedar', accent: 'Irish', tone: 'calm' };
  expect(offeredOptions(chosen, CHOICES)).toEqual({ language: 'de', tone: 'calm' });
  expect(offeredOptions(undefined, CHOICES)).toEqual({});
});
