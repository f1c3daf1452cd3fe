import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Bridge, Reply } from './bridge.ts';

type Send = Bridge['send'];
/** Key, expiry as Unix milliseconds (0: never), value as `DUMP` gives it; key and value in base64. */
type Entry = [key: string, expiresAtMs: number, value: string];

async function readEntry(send: Send, key: Buffer): Promise<Entry | undefined> {
  const [value, expiry] = await Promise.all([send(['DUMP', key]), send(['PEXPIRETIME', key])]);
  if (!Buffer.isBuffer(value)) return undefined;
  return [key.toString('base64'), Math.max(0, Number(expiry)), value.toString('base64')];
}

async function readPage(send: Send, cursor: string): Promise<{ next: string; keys: Buffer[] }> {
  const page = await send(['SCAN', cursor, 'COUNT', '500']);
  const [next, keys] = Array.isArray(page) ? page : [];
  return { next: String(next), keys: Array.isArray(keys) ? keys.filter(isBuffer) : [] };
}

const isBuffer = (reply: Reply): reply is Buffer => Buffer.isBuffer(reply);

/** Writes every key with its expiry into one file that only the owner can read. */
export async function saveSnapshot(send: Send, file: string): Promise<void> {
  const entries: Entry[] = [];
  let cursor = '0';
  do {
    const { next, keys } = await readPage(send, cursor);
    const found = await Promise.all(keys.map((key) => readEntry(send, key)));
    entries.push(...found.filter((entry) => entry !== undefined));
    cursor = next;
  } while (cursor !== '0');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(entries), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Restores what `saveSnapshot` wrote. Returns `false` when the file exists and is unreadable. */
export async function restoreSnapshot(send: Send, file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return true;
  try {
    const restored = (JSON.parse(text) as Entry[]).map(([key, expiresAtMs, value]) =>
      send([
        'RESTORE',
        Buffer.from(key, 'base64'),
        String(expiresAtMs),
        Buffer.from(value, 'base64'),
        'REPLACE',
        ...(expiresAtMs > 0 ? ['ABSTTL'] : []),
      ]),
    );
    await Promise.all(restored);
    return true;
  } catch {
    return false;
  }
}
