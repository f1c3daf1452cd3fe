import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SIGN_IN_CAUSES } from '@/lib/server/auth/sign-in/cause';

test('sign-in.md explains every cause, and no other', () => {
  const text = readFileSync(new URL('../sign-in.md', import.meta.url), 'utf8');
  const rows = text.slice(text.indexOf('| `cause` |')).split('\n').slice(2);
  const explained = rows.flatMap((row) => row.split('|')[1]?.match(/[a-z]+(_[a-z]+)*/g) ?? []);
  expect(explained.toSorted()).toEqual(Object.keys(SIGN_IN_CAUSES).toSorted());
});
