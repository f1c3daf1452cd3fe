// Tested in auth/access-token.test and limits/request.test.
import 'server-only';

/** Returns the bearer of a request, or `null`. Other schemes, such as a proxy's password, are ignored. */
export const readBearer = (headers: Headers): string | null =>
  /^Bearer +(\S{1,8192})$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
