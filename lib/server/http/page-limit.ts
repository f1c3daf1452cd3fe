// Tested in request-limit.test.
import 'server-only';
import { createRequestLimit } from '@/lib/server/http/request-limit';

/** Links in view are fetched ahead, so a user who scrolls through a long list sends many of these. */
const secondsToWait = createRequestLimit({ perMinute: 180 });

const isPage = (pathname: string) => !pathname.startsWith('/api/') && !/\.[a-z0-9]{2,12}$/i.test(pathname);

interface Visit {
  nextUrl: { pathname: string };
  headers: Headers;
}

/** Counts a visit to a page, and returns a refusal or `null`. Pages read the database, so a flood must not reach them. */
export function refuseFlood({ nextUrl: { pathname }, headers }: Visit): Response | null {
  const seconds = isPage(pathname) ? Math.ceil(secondsToWait(headers)) : 0;
  if (seconds === 0) return null;
  const wait = `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return new Response(`Too many pages in a short time. Wait ${wait}, then try again.`, {
    status: 429,
    headers: {
      'retry-after': String(seconds),
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
    },
  });
}
