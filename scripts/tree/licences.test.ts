import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { collectLicences } from '../licences.ts';

test('the image passes on what the packages in it ask to have passed on, each text once', () => {
  const licences = collectLicences(fileURLToPath(new URL('../..', import.meta.url)));
  expect(licences).toMatch(/^@fontsource-variable\/hanken-grotesk .* \(OFL-1\.1\)$/m);
  expect(licences).toContain('SIL OPEN FONT LICENSE Version 1.1');
  for (const name of ['next', 'react', 'openai', '@openai/agents-realtime', 'zod']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  }
  const texts = licences.split(/^-{80}$/m).map((part) => part.trim().split('\n\n').slice(1).join('\n\n'));
  expect(new Set(texts).size).toBe(texts.length);
  for (const name of ['vitest', '@parley/realtime-sandbox', 'typescript']) {
    expect(licences).not.toMatch(new RegExp(`^${name} `, 'm'));
  }
}, 30_000);
