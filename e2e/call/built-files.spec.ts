import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { secretsOfTheRun } from '../secrets.ts';

/** Names that only server code uses: one in a browser file means that server code was bundled. */
const SERVER_WORDS = [
  'OPENAI_API_KEY',
  'UPSTASH_REDIS_REST_TOKEN',
  'AUTH_SECRET',
  'NEXTAUTH_SECRET',
  'sk-sandbox-',
];

test('no browser file contains a secret or the name of one', () => {
  const forbidden = [...SERVER_WORDS, ...secretsOfTheRun().map(([, value]) => value)];
  const files = readdirSync('.next/static', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|css|json|map)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(5);
  const found = files.flatMap((name) => {
    const text = readFileSync(join('.next/static', name), 'utf8');
    return forbidden.filter((word) => text.includes(word)).map((word) => `${word} in ${name}`);
  });
  expect(found).toEqual([]);
});
