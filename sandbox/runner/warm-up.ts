import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { WARM_UP_QUERY } from './next-output.ts';

const TIMEOUT_MS = 60_000;

/** The URL paths of the App Router's pages and handlers; `[callId]` stands for itself. */
export function pathsOfApp(files: readonly string[]): string[] {
  return files
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map((file) => file.split('/').slice(0, -1))
    .map((folders) => folders.filter((folder) => !folder.startsWith('(')))
    .map(
      (folders) => `/${folders.map((folder) => folder.replace(/^\[+(?:\.\.\.)?(\w+)\]+$/, '$1')).join('/')}`,
    )
    .sort((one, other) => one.split('/').length - other.split('/').length || one.localeCompare(other));
}

/**
 * Visits every page and handler once, so that `next dev` has compiled them before the visitor clicks:
 * compiling on demand would add seconds to the first call. The requests are signed out and change nothing.
 */
export async function warmUp(directory: string, url: string, signal: AbortSignal): Promise<void> {
  const files = await readdir(join(directory, 'app'), { recursive: true });
  for (const path of pathsOfApp(files)) {
    if (signal.aborted) return;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    await fetch(`${url}${path}?${WARM_UP_QUERY}`, { signal: limited, redirect: 'manual' })
      .then((response) => response.arrayBuffer())
      // Whatever is wrong there, the visitor will see it in the browser.
      .catch(() => undefined);
  }
}
