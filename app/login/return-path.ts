const HOME = '/';
const ANY_ORIGIN = 'http://here.invalid';
/** Paths that are no destination after signing in. */
const NOT_A_PAGE = /^\/(login|api)(\/|$)/;

/**
 * Returns where to go after signing in: always a path of this site, whatever the parameter says. The host of an
 * absolute URL is dropped, since next-auth passes our own pages that way.
 */
export function returnPath(callbackUrl: string | string[] | undefined): string {
  if (typeof callbackUrl !== 'string') return HOME;
  if (!URL.canParse(callbackUrl, ANY_ORIGIN)) return HOME;
  const url = new URL(callbackUrl, ANY_ORIGIN);
  if (!/^https?:$/.test(url.protocol)) return HOME;
  if (url.pathname.startsWith('//') || NOT_A_PAGE.test(url.pathname)) return HOME;
  return `${url.pathname}${url.search}`;
}
