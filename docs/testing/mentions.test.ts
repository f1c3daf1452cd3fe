import { describe, expect, test } from 'vitest';
import { documents, files, guides, readText, scripts, sources, words } from './repository.ts';

const schema = sources.get('lib/server/platform/env-schema.ts') ?? '';
const variables = Array.from(schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm), ([, name = '']) => name);
const familyOf = (name: string) => name.split('_')[0] ?? '';
const families = new Set(variables.filter((name) => name.includes('_')).map(familyOf));
// The sandbox's runner and the tests have variables of their own that begin so.
families.delete('PARLEY');
/** Read by Node itself; a name of git's. */
const NOT_OURS = ['NODE_EXTRA_CA_CERTS', 'ORIG_HEAD'];

/** Returns whether a name in capitals exists: a variable of the schema, or a word of the code. `…` and `*`: any ending. */
function exists(name: string): boolean {
  const [, start] = /^(.*_)[*…]$/.exec(name) ?? [];
  if (start !== undefined) return variables.some((variable) => variable.startsWith(start));
  if (variables.includes(name) || NOT_OURS.includes(name)) return true;
  return words.has(name) && !families.has(familyOf(name));
}

/** What people see and hear, and what the owner reads. */
const spoken = [...sources]
  .filter(([path]) => /^(app|business|components|lib|sandbox)\//.test(path) && !path.includes('.test.'))
  .map(([, source]) => source);

describe.each(guides)('%s', (guide) => {
  const text = readText(guide);

  test('names variables that exist', () => {
    const names = text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:_[*…])?/g) ?? [];
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });

  // The sandbox's packages speak of routes of their own.
  test.skipIf(guide.startsWith('sandbox/'))('names pages and routes that exist', () => {
    const paths = Array.from(
      text.matchAll(/`(?:[A-Z]+ )?(\/(?!_next\/|realtime\/)[\w/.{}<>-]*)/g),
      ([, path = '']) => path.replaceAll(/[{<](\w+)[}>]/g, '[$1]').replace(/\/$/, ''),
    );
    const isServed = (path: string) =>
      files.some((file) => file === `app${path}` || file.startsWith(`app${path}/`));
    expect(paths.filter((path) => !isServed(path))).toEqual([]);
  });

  test('quotes sentences that the code has', () => {
    const quoted = Array.from(text.matchAll(/“([^”]+)”/g), ([, sentence = '']) =>
      sentence.replaceAll('\n', ' '),
    );
    expect(quoted.filter((sentence) => !spoken.some((source) => source.includes(sentence)))).toEqual([]);
  });
});

test('comments of the code lead to documents that exist', () => {
  const broken = [...sources].flatMap(([path, text]) =>
    (text.match(/\bdocs\/[\w/-]+\.md\b/g) ?? [])
      .filter((document) => !documents.includes(document))
      .map((document) => `${path}: ${document}`),
  );
  expect(broken).toEqual([]);
});

/** Files that people read beside the documents. */
const settings = files.filter((path) =>
  /^(\.env\.example|Dockerfile|compose\.yaml|(deploy|\.ci|\.github|\.devcontainer)\/.+)$/.test(path),
);

test.each(settings)('%s leads to documents and npm scripts that exist', (path) => {
  const text = readText(path);
  const named = text.match(/\bdocs\/[\w/-]+\.(md|test\.ts)\b/g) ?? [];
  expect(named.filter((document) => !files.includes(document))).toEqual([]);
  const run = Array.from(text.matchAll(/\bnpm run (?:--\S+ )*([a-z][\w:-]*)/g), ([, name = '']) => name);
  expect(run.filter((name) => !(name in scripts))).toEqual([]);
});

test('docs/README.md leads to every guide', () => {
  const index = readText('docs/README.md');
  const own = guides.filter((path) => /^docs\/[a-z-]+\.md$/.test(path));
  expect(own.filter((path) => !index.includes(`](${path.slice('docs/'.length)})`))).toEqual([]);
});

test('AGENTS.md explains every npm script', () => {
  const [, commands = ''] = readText('AGENTS.md').split(/^## /m);
  const isNamed = (name: string) => new RegExp(`\`npm (run )?${name}[ \`]`).test(commands);
  expect(Object.keys(scripts).filter((name) => !isNamed(name))).toEqual([]);
});
