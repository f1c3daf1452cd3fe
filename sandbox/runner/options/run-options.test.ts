import { expect, it } from 'vitest';
import { parseRunOptions } from './run-options.ts';
import { SetupError } from './setup-error.ts';

it.each([
  [['dev'], {}, { mode: 'dev' }],
  [['start', '--port', '8080'], {}, { mode: 'start', port: 8080 }],
  [['dev', '-p', '8080', '-H', '0.0.0.0'], {}, { mode: 'dev', port: 8080, hostname: '0.0.0.0' }],
  [['dev', '--phone'], {}, { mode: 'dev', phone: true }],
  [['dev'], { PORT: '4000' }, { mode: 'dev', port: 4000 }],
  [['dev'], { PORT: ' ' }, { mode: 'dev' }],
  [['dev', '--port=8080'], { PORT: '4000' }, { mode: 'dev', port: 8080 }],
])('reads %j with %j', (words, env, expected) => {
  expect(parseRunOptions(words, env)).toEqual(expected);
});

it.each([
  [[], {}],
  [['build'], {}],
  [['dev', 'start'], {}],
  [['dev', '--prot', '3000'], {}],
  [['start', '--phone'], {}],
  [['dev', '--port', '0'], {}],
  [['dev', '--port', '65536'], {}],
  [['dev', '--port', '3e3'], {}],
  [['dev'], { PORT: 'three' }],
])('refuses %j with %j', (words, env) => {
  expect(() => parseRunOptions(words, env)).toThrow(SetupError);
});
