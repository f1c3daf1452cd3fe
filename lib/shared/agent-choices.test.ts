import { expect, it } from 'vitest';
import { pickOffered } from '@/lib/shared/agent-choices';

const CHOICES = { languages: ['en', 'de'], voices: ['marin'], accents: [], tones: ['calm'] };

it('keeps the options that the agent offers', () => {
  const chosen = { language: 'de', voice: 'cedar', accent: 'Irish', tone: 'calm' };
  expect(pickOffered(chosen, CHOICES)).toEqual({ language: 'de', tone: 'calm' });
  expect(pickOffered({}, CHOICES)).toEqual({});
});

it('keeps the pace, which every agent offers', () => {
  expect(pickOffered({ pace: 'patient', tone: 'wry' }, CHOICES)).toEqual({ pace: 'patient' });
});
