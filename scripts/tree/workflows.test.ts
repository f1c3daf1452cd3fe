import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('../../.github/workflows/', import.meta.url));
const workflows = readdirSync(FOLDER).map((name) => [name, readFileSync(FOLDER + name, 'utf8')] as const);

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

describe.each(workflows)('the workflow %s', (_, text) => {
  test('runs actions as they were when somebody looked: by their commit, with the version beside it', () => {
    const used = [...text.matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('may read this repository, and leaves no token where the packages that it installs find it', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(count(text, /permissions:/g)).toBe(1);
    expect(count(text, /persist-credentials: false/g)).toBe(count(text, /uses: actions\/checkout@/g));
    expect(text).not.toMatch(/secrets\.|pull_request_target/);
  });

  test('ends every job that hangs', () => {
    expect(count(text, /timeout-minutes:/g)).toBe(count(text, /runs-on:/g));
  });
});
