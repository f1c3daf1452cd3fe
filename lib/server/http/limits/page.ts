// Tested in limits/request.test.
import 'server-only';
import { createRequestLimit } from '@/lib/server/http/limits/request';

/** Links in view are fetched ahead, so a user who scrolls through a long list sends many of these. */
const secondsToWaitForPage = createRequestLimit({ perMinute: 180 });
/** A page may hold many files. One that does not exist is answered with a page. */
const secondsToWaitForFile = createRequestLimit({ perMinute: 600 });

const isFile = (pathname: string) => /\.[a-z0-9]{2,12}$/i.test(pathname);

/** The health check of the image fetches it: a flood must not make a host restart a process that serves. */
const LIVENESS_PATH = '/icon.svg';

/** The API counts its requests itself. */
function secondsToWait(pathname: string, headers: Headers): number {
  if (pathname.startsWith('/api/') || pathname === LIVENESS_PATH) return 0;
  return isFile(pathname) ? secondsToWaitForFile(headers) : secondsToWaitForPage(headers);
}

interface Visit {
  nextUrl: { pathname: string };
  headers: Headers;
}

/** Counts a visit to a page or a file, and returns a refusal or `null`. Pages read the database, so a flood must not reach them. */
export function refuseFlood({ nextUrl: { pathname }, headers }: Visit): Response | null {
  const seconds = Math.ceil(secondsToWait(pathname, headers));
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
