import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepAuthSecret } from './auth-secret.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'auth-secret-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('creates a long secret once, and keeps it', async () => {
  const file = join(directory, 'kept', 'secret');
  const secret = await keepAuthSecret(file);
  expect(secret).toMatch(/^[\w-]{44}$/);
  expect(await keepAuthSecret(file)).toBe(secret);
  expect(await keepAuthSecret(join(directory, 'other'))).not.toBe(secret);
});

it.skipIf(process.platform === 'win32')('lets only the owner read it', async () => {
  const file = join(directory, 'secret');
  await keepAuthSecret(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
