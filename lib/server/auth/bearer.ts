import 'server-only';

/** The bearer of a request. `null` without one; other schemes, such as a proxy's password, are none. */
export const bearerOf = (headers: Headers): string | null =>
  /^Bearer +(\S{1,8192})$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
