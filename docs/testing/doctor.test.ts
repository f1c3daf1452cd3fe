import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DIAGNOSES } from '@/lib/server/doctor/diagnoses';
import { PROBLEMS } from '@/lib/server/platform/setup/problem-sentences';

const document = readFileSync(fileURLToPath(new URL('../doctor.md', import.meta.url)), 'utf8');

test('everything that the doctor can find, with its cause and its cure', () => {
  const own = Object.entries(DIAGNOSES);
  const health = Object.entries(PROBLEMS).map(
    ([code, facts]) => [code, { result: 'problem', ...facts }] as const,
  );
  const rows = document.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(
    [...own, ...health].map(
      ([code, { result, problem, cure }]) => `| \`${code}\` | ${result} | ${problem} | ${cure} |`,
    ),
  );
});
