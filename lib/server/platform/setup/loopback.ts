import 'server-only';

/** Returns whether a host name leads to this machine alone. */
export const isLoopback = (hostname: string) => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(hostname);
