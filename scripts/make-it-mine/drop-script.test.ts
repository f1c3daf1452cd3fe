import { expect, test } from 'vitest';
import { dropScript } from './drop-script.ts';

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
