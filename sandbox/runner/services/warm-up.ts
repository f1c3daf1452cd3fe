import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { signInAsGuest } from './guest-session.ts';
import { WARM_UP_QUERY } from './next-output.ts';

const TIMEOUT_MS = 120_000;

/** What a first visit and a first call need, in that order. Paths below one of these count as it. */
const FIRST = ['/login', '/', '/api/auth', '/api/voice/session', '/api/voice/calls'];

function rankPath(path: string): number {
  const rank = FIRST.findIndex((first) => path === first || (first !== '/' && path.startsWith(`${first}/`)));
  return rank === -1 ? FIRST.length : rank;
}

/** Nobody clicks what a scheduler calls, and without its secret it would complain in the first lines that a newcomer reads. */
const BY_SCHEDULERS = '/api/cron/';

/**
 * The URL paths of the App Router's pages and handlers, in the order to visit them; `[callId]` becomes
 * `callId`.
 */
export function listPaths(files: readonly string[]): string[] {
  const toPath = (file: string) => {
    const folders = file.split(sep).slice(0, -1);
    const names = folders.map((folder) => folder.replace(/^\[+(?:\.\.\.)?(\w+)\]+$/, '$1'));
    return `/${names.filter((folder) => !folder.startsWith('(')).join('/')}`;
  };
  return files
    .filter((file) => ['page.tsx', 'route.ts'].includes(file.split(sep).at(-1) ?? ''))
    .map(toPath)
    .filter((path) => !path.startsWith(BY_SCHEDULERS))
    .sort((a, b) => rankPath(a) - rankPath(b) || a.localeCompare(b));
}

interface WarmUpOptions {
  directory: string;
  url: string;
  /** Whether pages behind the sign-in may be visited, as a guest: they may store something for that guest. */
  asGuest: boolean;
  signal: AbortSignal;
}

/**
 * Visits every page and handler once, so that `next dev` has compiled them before the first click: compiling
 * on demand would add many seconds to the first visit and the first call. Signs in when the first page
 * requires it.
 */
export async function warmUp({ directory, url, asGuest, signal }: WarmUpOptions): Promise<void> {
  /** Returns whether the path redirects. Errors are ignored: the browser shows them. */
  const visit = async (path: string, cookie?: string): Promise<boolean> => {
    try {
      const response = await fetch(`${url}${path}?${WARM_UP_QUERY}`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        redirect: 'manual',
        headers: cookie === undefined ? {} : { cookie },
      });
      await response.arrayBuffer();
      return response.status >= 300 && response.status < 400;
    } catch {
      return false;
    }
  };
  const files = await readdir(join(directory, 'app'), { recursive: true });

  let guest: string | undefined;
  for (const path of listPaths(files)) {
    const isClosed = await visit(path, guest);
    if (!isClosed || !asGuest || guest !== undefined) continue;
    guest = await signInAsGuest(url, signal).catch(() => undefined);
    if (guest !== undefined) await visit(path, guest);
  }
}
