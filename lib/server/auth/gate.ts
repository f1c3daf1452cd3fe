import 'server-only';
import { readAuthToken } from '@/lib/server/auth/token';
import { getEnv } from '@/lib/server/platform/env';

/** Pages for everyone, and files such as `icon.svg`. The API itself responds with 401. */
const isOpen = (pathname: string) =>
  /^\/(login|setup|privacy)$/.test(pathname) ||
  pathname.startsWith('/api/') ||
  /\.[a-z0-9]{2,12}$/i.test(pathname);

interface Visit {
  nextUrl: { pathname: string; search: string };
  cookies: Parameters<typeof readAuthToken>[0];
}

/**
 * Returns the path that a visit has to go to first, or `null`. This is a convenience: pages and routes check the user
 * themselves.
 */
export async function findDetour({ nextUrl: { pathname, search }, cookies }: Visit): Promise<string | null> {
  if (isOpen(pathname)) return null;
  if (getEnv().missing.length > 0) return '/setup';
  if (await readAuthToken(cookies)) return null;
  return pathname === '/' && search === ''
    ? '/login'
    : `/login?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
}
