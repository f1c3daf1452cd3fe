import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { recordKeys } from '@/lib/server/records/record-keys';
import { getRedis } from '@/lib/server/store/redis';
import { CallId } from '@/lib/shared/ids';
import { readKept } from './kept-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const entriesOf = (text: string) => [{ kind: 'user', text, typed: false }];
const idOf = (digit: string) => CallId.parse(`call_${digit.repeat(8)}-0000-4000-8000-000000000000`);

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe('the file of an export', () => {
  const path = fileOf('export.json', {
    exportedAt: '2026-11-29T12:00:00.000Z',
    conversations: [
      { callId: idOf('2'), entries: entriesOf('The latest') },
      { callId: idOf('1'), entries: entriesOf('The first') },
    ],
  });

  test('gives the latest conversation, or the one of a call', async () => {
    expect(await readKept(path, undefined)).toEqual(entriesOf('The latest'));
    expect(await readKept(path, idOf('1'))).toEqual(entriesOf('The first'));
  });

  test('is refused when the conversation is not in it, or when it is something else', async () => {
    await expect(readKept(path, idOf('3'))).rejects.toThrow(/holds no conversation of call_3/);
    await expect(readKept(fileOf('none.json', { conversations: [] }), undefined)).rejects.toThrow(/holds no/);
    await expect(readKept(fileOf('other.json', { talks: [] }), undefined)).rejects.toThrow(/is neither/);
  });
});

test('one conversation alone is read as well', async () => {
  expect(await readKept(fileOf('one.json', { entries: entriesOf('Hello') }), undefined)).toEqual(
    entriesOf('Hello'),
  );
  expect(await readKept(fileOf('bare.json', entriesOf('Hello')), undefined)).toEqual(entriesOf('Hello'));
});

test('a call is found in the database by its id, whoever kept it; one that nobody kept is not', async () => {
  const stored = { owner: 'guest_someone', entries: entriesOf('Kept') };
  await getRedis().set(recordKeys.transcript(idOf('5')), JSON.stringify(stored), { ex: 60 });
  expect(await readKept(idOf('5'), undefined)).toEqual(entriesOf('Kept'));
  await expect(readKept(idOf('6'), undefined)).rejects.toThrow(/Nobody has kept/);
});
