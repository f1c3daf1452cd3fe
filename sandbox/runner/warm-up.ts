import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { signInAsGuest } from './guest-session.ts';
import { WARM_UP_QUERY } from './next-output.ts';

const TIMEOUT_MS = 120_000;

/** The URL paths of the App Router's files of one name; `[callId]` stands for itself. */
export function pathsOf(name: 'page.tsx' | 'route.ts', files: readonly string[]): string[] {
  const toPath = (file: string) => {
    const folders = file.split(sep).slice(0, -1);
    const names = folders.map((folder) => folder.replace(/^\[+(?:\.\.\.)?(\w+)\]+$/, '$1'));
    return `/${names.filter((folder) => !folder.startsWith('(')).join('/')}`;
  };
  return files
    .filter((file) => file.split(sep).at(-1) === name)
    .map(toPath)
    .sort();
}

interface WarmUpOptions {
  directory: string;
  url: string;
  /** Whether pages behind the sign-in may be visited, as a guest: they may store something for that guest. */
  asGuest: boolean;
  signal: AbortSignal;
}

/**
 * Visits every page and handler once, so that `next dev` has compiled them before somebody clicks: compiling on
 * demand would add many seconds to the first visit and to the first call.
 */
export async function warmUp({ directory, url, asGuest, signal }: WarmUpOptions): Promise<void> {
  /** Answers whether the path leads elsewhere. Whatever is wrong with it, the visitor will see it in the browser. */
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

  const closed: string[] = [];
  for (const path of pathsOf('page.tsx', files)) if (await visit(path)) closed.push(path);
  const guest =
    asGuest && closed.length > 0 ? await signInAsGuest(url, signal).catch(() => undefined) : undefined;
  if (guest !== undefined) for (const path of closed) await visit(path, guest);
  for (const path of pathsOf('route.ts', files)) await visit(path);
}
