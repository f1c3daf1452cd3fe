import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadPhrases, parsePhrases } from './load-phrases.ts';

async function fileWith(source: string, part = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'phrases-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'phrases.mjs');
  await Promise.all([writeFile(file, source), writeFile(join(folder, 'part.mjs'), part)]);
  return file;
}

test('without a file there are no phrases', async () => {
  expect(await loadPhrases(null)).toEqual({ tools: {}, synonyms: {}, misheard: [] });
});

test('the default export is read, and every field is optional', async () => {
  const file = await fileWith(
    `export default { tools: { get_menu: { examples: ['The menu, please.'], asks: ['menu'] } }, misheard: [['\\\\bmany\\\\b', 'menu']] }`,
  );
  expect(await loadPhrases(file)).toEqual({
    tools: { get_menu: { examples: ['The menu, please.'], asks: ['menu'] } },
    synonyms: {},
    misheard: [[/\bmany\b/g, 'menu']],
  });
});

test('a file may import its parts', async () => {
  const file = await fileWith(
    `import { menu } from './part.mjs'; export default { tools: menu };`,
    `export const menu = { get_menu: { examples: ['The menu, please.'], asks: ['menu'] } };`,
  );
  expect((await loadPhrases(file)).tools).toEqual({
    get_menu: { examples: ['The menu, please.'], asks: ['menu'] },
  });
});

test('the error names a missing file', async () => {
  await expect(loadPhrases('no/such/phrases.ts')).rejects.toThrow(
    /SANDBOX_PHRASES: .*phrases\.ts cannot be read/,
  );
});

test.each([
  [{ tools: { get_menu: { examples: 'menu', asks: [] } } }, 'tools.get_menu.examples'],
  [{ tools: { get_menu: { examples: [] } } }, 'tools.get_menu.asks'],
  [{ tools: { get_menu: { examples: [], asks: [], ask: [] } } }, 'tools.get_menu: Unrecognized key: "ask"'],
  [{ synonyms: { small: ['little', 7] } }, 'synonyms.small.1'],
  [{ misheard: [['many']] }, 'misheard.0'],
  [{ misheard: [['(many', 'menu']] }, 'misheard.0.0: is not a regular expression'],
  [undefined, 'the default export'],
])('%j: the wrong field is named', (phrases, field) => {
  expect(() => parsePhrases(phrases, 'phrases.ts')).toThrow(`SANDBOX_PHRASES: phrases.ts: ${field}`);
});
