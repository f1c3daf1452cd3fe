import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const routes = readdirSync(HERE, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('route.ts'),
);

test.each(routes)('%s fits on one screen, and sends no JSON outside the contract', (path) => {
  const source = readFileSync(`${HERE}${path}`, 'utf8');
  expect(source.split('\n').length).toBeLessThanOrEqual(40);
  // `respond` checks a body against its schema in lib/shared/contract.
  expect(source).not.toMatch(/Response\.json|JSON\.stringify/);
});

test('all routes are looked at', () => {
  expect(routes.length).toBeGreaterThanOrEqual(15);
});
