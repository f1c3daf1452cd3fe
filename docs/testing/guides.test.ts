import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
/** Returns the text as it is written in `business`, where the imports have other paths, and so another order. */
const inBusiness = (text: string) =>
  text
    .replaceAll("from './", "from '@/business/")
    .replace(/^(?:import .*\n)+/m, (imports) => imports.split('\n').sort().join('\n'));

const examples = readdirSync(fileURLToPath(new URL('../examples', import.meta.url)))
  .map((name) => read(`examples/${name}`))
  .map(inBusiness);

/** Returns the TypeScript blocks of a Markdown file. */
const listBlocks = (guide: string) =>
  Array.from(read(guide).matchAll(/^```tsx?\n(.*?)^```$/gms), ([, block = '']) => block);

describe.each(['add-a-tool.md', 'add-an-agent.md', 'webhooks.md'])('%s', (guide) => {
  const blocks = listBlocks(guide);

  test('shows code', () => expect(blocks.length).toBeGreaterThan(0));

  test.each(blocks)('this block is part of a file that is compiled and run: %s', (block) => {
    expect(examples.some((example) => example.includes(inBusiness(block)))).toBe(true);
  });
});
