import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listFiles } from '../tree/source-files.ts';
import { dropScript } from './drop-script.ts';
import { makePlan } from './plan.ts';

const ANSWERS = {
  site: 'Lakeside Dental',
  agent: 'Nora',
  voice: 'coral',
  business: 'a dental practice',
} as const;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('members and elements of a JSON file go with one comma', () => {
  const text =
    '{ "a": { "x": "1", "make-it-mine": "run" }, "b": ["scripts/make-it-mine/t", "c"], "make-it-mine": "2", "e": ["make-it-mine/**"], "d": 3 }';
  expect(JSON.parse(dropScript('package.json', text))).toEqual({ a: { x: '1' }, b: ['c'], d: 3 });
});

test('lines of another file go, and the others stay', () => {
  expect(dropScript('ci.yml', '- run: npm test\n- run: npm run test:make-it-mine\n')).toBe(
    '- run: npm test\n',
  );
  expect(dropScript('ci.yml', '- run: npm test\n')).toBe('- run: npm test\n');
});

test('a job of a workflow goes as a whole', () => {
  const job = (name: string) => `  ${name}:\n    steps:\n      - run: npm test\n`;
  const text = `jobs:\n${job('test')}${job('make-it-mine')}${job('other')}`;
  expect(dropScript('ci.yml', text)).toBe(`jobs:\n${job('test')}${job('other')}`);
});

test('the guide of forks keeps the command that takes in a new version', () => {
  expect(readFileSync(join(ROOT, 'docs/your-fork.md'), 'utf8')).toContain('make-it-mine');
  expect(makePlan(ROOT, ['docs/your-fork.md'], ANSWERS).changed).toEqual([]);
});

test('the documents of a fork lose whole sentences and rows, and no part of one', () => {
  const documents = listFiles(['bench', 'docs', 'e2e', 'sandbox']).filter((path) => path.endsWith('.md'));
  const { changed } = makePlan(ROOT, ['AGENTS.md', 'CONTRIBUTING.md', ...documents], ANSWERS);
  expect(changed.map(({ path }) => path)).toContain('AGENTS.md');
  const broken = changed.flatMap(({ path, content }) => {
    const kept = new Set(content.split('\n'));
    const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
    return lines.flatMap((line, index) => {
      if (kept.has(line)) return [];
      const isWhole = [lines[index - 1] ?? '', line].every((one) => one === '' || /[.|]$/.test(one));
      return isWhole ? [] : [`${path}:${index + 1}`];
    });
  });
  expect(broken).toEqual([]);
});
