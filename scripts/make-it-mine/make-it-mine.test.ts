import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeItMine } from './make-it-mine.ts';

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const FLAGS = [
  '--site',
  'Lakeside Dental',
  '--agent',
  'Nora',
  '--voice',
  'coral',
  '--business',
  'a dental practice',
];

const FILES: Record<string, string> = {
  '.gitignore': 'node_modules\n.env.local\n',
  'README.md': 'The old business.\n',
  'app/page.tsx': 'export const page = 1;\n',
  'biome.json': '{ "javascript": { "formatter": { "quoteStyle": "single" } } }\n',
  'business/site.ts': "export const site = { name: 'Old' };\n",
  'business/shop/prices.ts': 'export const prices = [];\n',
  'docs/screens/talk.png': 'not really a picture',
  'e2e/business/book.spec.ts': 'export {};\n',
  'e2e/call/typed.spec.ts': 'export {};\n',
  'package.json':
    '{ "name": "old", "scripts": { "make-it-mine": "x", "lint": "y" }, "dependencies": { "chrono-node": "1", "zod": "2" } }\n',
  'package-lock.json':
    '{ "name": "old", "packages": { "": { "name": "old", "dependencies": { "chrono-node": "1" } }, "node_modules/chrono-node": {}, "node_modules/zod": {} } }\n',
  'scripts/make-it-mine/main.ts': 'export {};\n',
  'scripts/make-it-mine/template/README.md': '# Sitename\n',
  'scripts/make-it-mine/template/business/agents/agentname.ts': "export const agentname = 'Agentname';\n",
  'scripts/make-it-mine/template/business/site.ts': "export const site = { name: 'Sitename' };\n",
  'scripts/make-it-mine/template/tsconfig.json': '{}\n',
};

let root: string;
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Runs the command with `typed` as its input, and returns the exit code and what it printed. */
async function run(args: readonly string[], typed = '') {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(typed);
  const code = await makeItMine({ args, root, input, output });
  return { code, printed: String(output.read()) };
}

let committed: string;
beforeAll(() => {
  committed = mkdtempSync(join(tmpdir(), 'make-it-mine-'));
  root = committed;
  for (const [path, text] of Object.entries(FILES)) put(path, text);
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '--message', 'Start');
});
afterAll(() => rmSync(committed, { recursive: true, force: true }));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'make-it-mine-'));
  cpSync(committed, root, { recursive: true, preserveTimestamps: true });
  symlinkSync(NODE_MODULES, join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('with flags', () => {
  test('the demo goes, the template comes with the answers in it, and the rest stays', async () => {
    const { code, printed } = await run([...FLAGS, '--yes']);
    expect(code, printed).toBe(0);
    expect(git('ls-files', '--deleted').trim().split('\n')).toEqual([
      'business/shop/prices.ts',
      'docs/screens/talk.png',
      'e2e/business/book.spec.ts',
      'scripts/make-it-mine/main.ts',
      'scripts/make-it-mine/template/README.md',
      'scripts/make-it-mine/template/business/agents/agentname.ts',
      'scripts/make-it-mine/template/business/site.ts',
      'scripts/make-it-mine/template/tsconfig.json',
    ]);
    expect(existsSync(join(root, 'scripts'))).toBe(false);
    expect(read('README.md')).toBe('# Lakeside Dental\n');
    expect(read('business/agents/nora.ts')).toBe("export const nora = 'Nora';\n");
    expect(read('business/site.ts')).toContain('Lakeside Dental');
    expect(Object.keys(JSON.parse(read('package.json')))).toEqual([
      'name',
      'scripts',
      'dependencies',
      'description',
    ]);
    expect(JSON.parse(read('package.json'))).toEqual({
      name: 'lakeside-dental',
      description: 'Talk with Nora, the voice agent of Lakeside Dental.',
      scripts: { lint: 'y' },
      dependencies: { zod: '2' },
    });
    expect(JSON.parse(read('package-lock.json'))).toEqual({
      name: 'lakeside-dental',
      packages: { '': { name: 'lakeside-dental', dependencies: {} }, 'node_modules/zod': {} },
    });
    expect(read('app/page.tsx')).toBe(FILES['app/page.tsx']);
  });

  test('a dry run lists what would change, and changes nothing', async () => {
    const { code, printed } = await run([...FLAGS, '--dry-run']);
    expect(code).toBe(0);
    expect(printed).toContain('business/agents/nora.ts');
    expect(printed).toContain('docs/screens/ (1 files)');
    expect(printed).toContain('nothing was changed');
    expect(git('status', '--porcelain')).toBe('');
  });

  test.each([
    [['--voice', 'nova'], /--voice: it is one of marin/],
    [['--agent', 'class'], /--agent: it is a word/],
    [['--colour', 'red'], /Unknown option/],
    [['stray'], /Unexpected argument/],
  ])('%j is refused', async (wrong, problem) => {
    const { code, printed } = await run([...FLAGS, '--yes', ...wrong]);
    expect(code).toBe(1);
    expect(printed).toMatch(problem);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('--help explains every flag', async () => {
    const { code, printed } = await run(['--help']);
    expect(code).toBe(0);
    for (const flag of ['site', 'agent', 'voice', 'business', 'dry-run', 'yes', 'help']) {
      expect(printed).toContain(`--${flag}`);
    }
  });
});

describe('with questions', () => {
  test('it asks again for what does not fit, offers a voice, and waits for a yes', async () => {
    const { code, printed } = await run([], 'Lakeside Dental\nNora Smith\nNora\n\na dental practice\ny\n');
    expect(code, printed).toBe(0);
    expect(printed).toContain('It is one word of 2 to 20 Latin letters.');
    expect(printed).toContain('(voice: marin)');
    expect(read('README.md')).toBe('# Lakeside Dental\n');
  });

  test.each(['n\n', '\n', ''])('%j is no yes', async (typed) => {
    const { code, printed } = await run(FLAGS, typed);
    expect(code).toBe(1);
    expect(printed).toContain('Nothing was changed.');
    expect(git('status', '--porcelain')).toBe('');
  });
});

describe('the work tree', () => {
  test('a change or a new file is a reason to refuse, before anything is asked', async () => {
    put('app/new.ts', 'export {};\n');
    const { code, printed } = await run([...FLAGS, '--yes']);
    expect(code).toBe(1);
    expect(printed).toContain('?? app/new.ts');
    expect(read('README.md')).toBe(FILES['README.md']);
  });

  test('an ignored file is none, and stays', async () => {
    put('.env.local', 'OPENAI_API_KEY=mine\n');
    expect((await run([...FLAGS, '--yes'])).code).toBe(0);
    expect(read('.env.local')).toBe('OPENAI_API_KEY=mine\n');
  });

  test('a folder without git is refused, with what to do', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    const { code, printed } = await run([...FLAGS, '--yes']);
    expect(code).toBe(1);
    expect(printed).toContain('git init');
  });

  test('after a failure every file is as it was committed', async () => {
    rmSync(join(root, 'node_modules')); // The formatter, which comes last, is missing.
    const { code, printed } = await run([...FLAGS, '--yes']);
    expect(code).toBe(1);
    expect(printed).toContain('as they were committed');
    expect(git('status', '--porcelain', '--untracked-files=all')).toBe('');
  });
});
