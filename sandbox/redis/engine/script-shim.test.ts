import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createScriptShim } from './script-shim.ts';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const original = '#!lua flags=allow-key-locking\nreturn 1';
const portable = '--\nreturn 1';

it.each(['EVAL', 'eval', 'EVAL_RO'])(
  'makes the script of %s portable and leaves its arguments alone',
  (name) => {
    expect(createScriptShim()([name, original, '1', original])).toEqual([name, portable, '1', original]);
  },
);

it('maps the hash of a known script', () => {
  const toPortable = createScriptShim();
  toPortable(['script', 'LOAD', original]);
  expect(toPortable(['EVALSHA', sha1(original).toUpperCase(), '0'])).toEqual([
    'EVALSHA',
    sha1(portable),
    '0',
  ]);
  expect(toPortable(['script', 'exists', sha1(original), 'ab'])).toEqual([
    'script',
    'exists',
    sha1(portable),
    'ab',
  ]);
});

it('leaves everything else as it is', () => {
  const toPortable = createScriptShim();
  const others = [
    ['EVALSHA', sha1(original), '0'],
    ['EVAL', '#!lua flags=no-writes\nreturn 1', '0'],
    ['SET', 'key', original],
    ['SCRIPT', 'FLUSH'],
  ];
  expect(others.map(toPortable)).toEqual(others);
});
