/** Sends a request, as `fetch` does. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

interface Reply {
  body: string;
  cookies: Map<string, string>;
}

const cookieHeader = (cookies: Map<string, string>) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

async function exchange(
  send: Send,
  url: string,
  init: RequestInit,
  before = new Map<string, string>(),
): Promise<Reply> {
  const { origin } = new URL(url);
  const headers = { ...init.headers, origin, cookie: cookieHeader(before) };
  const response = await send(url, { ...init, headers, redirect: 'manual' });
  const set = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
  const pairs = set.map(
    (pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const,
  );
  return { body: await response.text(), cookies: new Map([...before, ...pairs]) };
}

/**
 * Signs in as a guest through next-auth's HTTP interface, as the sign-in page does. Returns the cookies.
 * Throws when the app has no guests.
 */
export async function signInAsGuest(url: string, signal: AbortSignal, send: Send = fetch): Promise<string> {
  const first = await exchange(send, `${url}/api/auth/csrf`, { signal });
  const { csrfToken } = JSON.parse(first.body);
  const form = new URLSearchParams({ csrfToken, callbackUrl: url, json: 'true' });
  const signedIn = await exchange(
    send,
    `${url}/api/auth/callback/guest`,
    { method: 'POST', body: form, signal },
    first.cookies,
  );
  // The session is the one new cookie, whatever its name.
  if (signedIn.cookies.size === first.cookies.size) throw new Error('The app admits no guests.');
  return cookieHeader(signedIn.cookies);
}
