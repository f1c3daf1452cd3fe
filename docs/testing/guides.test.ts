import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const examples = readdirSync(fileURLToPath(new URL('../examples', import.meta.url))).map((name) =>
  read(`examples/${name}`),
);

/** Returns the TypeScript blocks of a Markdown file. */
const listBlocks = (guide: string) =>
  Array.from(read(guide).matchAll(/^```ts\n(.*?)^```$/gms), ([, block = '']) => block);

describe.each(['add-a-tool.md', 'add-an-agent.md', 'webhooks.md'])('%s', (guide) => {
  const blocks = listBlocks(guide);

  test('shows code', () => expect(blocks.length).toBeGreaterThan(0));

  test.each(blocks)('this block is part of a file that is compiled and run: %s', (block) => {
    expect(examples.some((example) => example.includes(block))).toBe(true);
  });
});
