import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const readSecret = (file: string) => readFile(file, 'utf8').catch(() => '');

/**
 * The secret in `file`, created on first use and readable by its owner only, so that sign-ins survive a
 * restart.
 */
export async function keepAuthSecret(file: string): Promise<string> {
  const kept = (await readSecret(file)).trim();
  if (kept !== '') return kept;
  const secret = randomBytes(33).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
