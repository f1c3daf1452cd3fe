import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';
import { ANSWERS, toSlug, VOICES } from './answers.ts';

const parse = (name: keyof typeof ANSWERS, text: string) => ANSWERS[name].safeParse(text);

describe('what fits, and how it is corrected', () => {
  test.each([
    ['site', '  Lakeside   Dental ', 'Lakeside Dental'],
    ['site', "Anna's Bakery & Co.", 'Anna’s Bakery & Co.'],
    ['site', '24/7 Locksmiths', '24/7 Locksmiths'],
    ['site', 'Bäckerei Süß', 'Bäckerei Süß'],
    ['agent', 'nora', 'Nora'],
    ['agent', 'José', 'José'],
    ['agent', 'McCoy', 'McCoy'],
    ['voice', ' Coral', 'coral'],
    ['business', 'a dental practice in Kendal.', 'a dental practice in Kendal'],
  ] as const)('%s: %j', (name, text, meant) => {
    expect(parse(name, text)).toEqual({ success: true, data: meant });
  });
});

describe('what is refused', () => {
  test.each([
    ['site', '', /two characters/],
    ['site', 'x'.repeat(41), /40/],
    ['site', 'Dental $HOME', /letters, digits/],
    ['site', 'Dental `rm`', /letters, digits/],
    ['site', 'A "dental" practice', /letters, digits/],
    ['site', 'Dental\\', /letters, digits/],
    ['site', '<b>Dental</b>', /letters, digits/],
    ['site', '# Dental', /letters, digits/],
    ['site', 'Dental [x](y)', /letters, digits/],
    ['site', 'Dental\nPractice', /letters, digits/],
    ['site', '*Dental*', /letters, digits/],
    ['agent', 'Nora Smith', /one word/],
    ['agent', 'N', /one word/],
    ['agent', 'nora2', /one word/],
    ['agent', '../nora', /one word/],
    ['agent', 'Нора', /one word/],
    ['agent', 'default', /TypeScript/],
    ['agent', 'Agents', /TypeScript/],
    ['voice', 'nova', /marin, cedar/],
    ['business', 'shop', /five characters/],
    ['business', 'a practice | a table', /letters, digits/],
  ] as const)('%s: %j', (name, text, problem) => {
    expect(parse(name, text).error?.issues[0]?.message).toMatch(problem);
  });
});

test('the agent is a plain word in addresses', () => {
  expect(toSlug('José')).toBe('jose');
});

test.each(VOICES)('the app knows the voice %s too', (voice) => {
  expect(readEnv({ OPENAI_REALTIME_VOICE: voice }).realtime.voice).toBe(voice);
});
