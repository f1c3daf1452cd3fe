import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseVariables } from '@/lib/server/platform/env-schema';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const example = read('.env.example');
const shown = Object.fromEntries(
  Array.from(example.matchAll(/^# ([A-Z][A-Z0-9_]+)=(.*)$/gm), ([, name = '', value = '']) => [name, value]),
);

/** Not set means neither of its two values: the sandbox is there when nothing else is. */
const NO_DEFAULT = ['PARLEY_SANDBOX'];
/** Not shown, because it stops the start beside the default of another variable; the words above say it. */
const IN_WORDS = ['OPENAI_REALTIME_SILENCE_MS'];

describe('.env.example', () => {
  const parsed = parseVariables({});
  const defaults = Object.entries(parsed.ok ? parsed.variables : {}).filter(
    ([name, value]) => name in shown && !Array.isArray(value) && !NO_DEFAULT.includes(name),
  );

  test.each(defaults)('shows the default of %s, which is %s', (name, value) => {
    if (IN_WORDS.includes(name)) expect(example).toMatch(new RegExp(`\\b${value} (without|by default)`));
    else expect(shown[name]).toBe(String(value));
  });

  test('has defaults to show', () => expect(defaults.length).toBeGreaterThan(20));
});
