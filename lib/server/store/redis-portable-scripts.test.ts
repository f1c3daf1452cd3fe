import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createScriptRewriter } from '@/lib/server/store/redis-portable-scripts';
import { createScriptShim } from '@/sandbox/redis/engine/script-shim';

const SCRIPT = '#!lua flags=allow-key-locking\nreturn 1';
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

const COMMANDS = [
  ['EVALSHA', sha1(SCRIPT), '0'],
  ['SCRIPT', 'LOAD', SCRIPT],
  ['EVALSHA', sha1(SCRIPT), '1', 'key', 'argument'],
  ['eval', SCRIPT, '0'],
  ['eval', 'return 2', '0'],
  ['evalsha', sha1('return 2'), '0'],
  ['GET', SCRIPT],
];

// The app and the sandbox share no code, so each has this rewriting of its own.
test('scripts are rewritten for any Redis as the embedded one rewrites them', () => {
  const [rewrite, shim] = [createScriptRewriter(), createScriptShim()];
  for (const command of COMMANDS) expect(rewrite(command)).toEqual(shim(command));
});

test('the flag line becomes a comment, and the hash of the original finds the rewritten script', () => {
  const rewrite = createScriptRewriter();
  const [, , portable = ''] = rewrite(['SCRIPT', 'LOAD', SCRIPT]);
  expect(portable).toBe('--\nreturn 1');
  expect(rewrite(['EVALSHA', sha1(SCRIPT), '0'])).toEqual(['EVALSHA', sha1(portable), '0']);
});
