import 'server-only';
import { readAuthToken } from '@/lib/server/auth/token';
import { getEnv } from '@/lib/server/platform/env';

/** Pages for everyone, and files: `icon.svg`. The API answers 401 by itself. */
const isOpen = (pathname: string) =>
  /^\/(login|setup)$/.test(pathname) || pathname.startsWith('/api/') || /\.[a-z0-9]{2,12}$/i.test(pathname);

interface Visit {
  nextUrl: { pathname: string; search: string };
  cookies: Parameters<typeof readAuthToken>[0];
}

/**
 * Where a visit has to go first, as a path of this site, or `null`. This is for convenience:
 * pages and routes check for themselves who is there.
 */
export async function detourOf({ nextUrl: { pathname, search }, cookies }: Visit): Promise<string | null> {
  if (isOpen(pathname)) return null;
  if (getEnv().missing.length > 0) return '/setup';
  if (await readAuthToken(cookies)) return null;
  return pathname === '/' && search === ''
    ? '/login'
    : `/login?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
}
