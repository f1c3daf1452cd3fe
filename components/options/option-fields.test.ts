import { expect, it } from 'vitest';
import { optionFields } from '@/components/options/option-fields';

it('makes a field of each list with a choice, the agent’s default first', () => {
  const fields = optionFields({
    languages: ['en', 'de', 'pt-BR'],
    voices: ['marin'],
    accents: [],
    tones: ['calm'],
  });
  expect(fields.map(({ option }) => option)).toEqual(['language', 'voice', 'tone']);
  expect(fields[0]?.choices.map(({ label }) => label)).toEqual([
    'Agent’s default',
    'English',
    'Deutsch',
    'Português (Brasil)',
  ]);
  expect(fields[1]?.choices[0]).toEqual({ value: '', label: 'Agent’s default' });
});
