import { parseErrorBody } from '@/lib/shared/errors';

/** Where the visitor goes now, or why not, in the server's own words. */
export type SignInOutcome = { url: string } | { refusal: string };

const NO_ANSWER = 'Sign-in didn’t work. Please try again.';

/** Returns the value of one field of a JSON object, if it is a string. */
const readText = (body: unknown, field: string): string | null => {
  const value = typeof body === 'object' && body !== null ? Reflect.get(body, field) : null;
  return typeof value === 'string' ? value : null;
};

async function fetchCsrfToken(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { headers: { accept: 'application/json' } });
  const token = readText(await response.json(), 'csrfToken');
  if (token === null) throw new Error('The server gave no token for the sign-in form.');
  return token;
}

/**
 * Sends next-auth's sign-in form. Its own `signIn()` takes a refusal for success and goes back to where it came from, so
 * the visitor would see the same page again and no reason. Throws if the server cannot be reached.
 */
export async function requestSignIn(provider: string, returnTo: string): Promise<SignInOutcome> {
  const body = new URLSearchParams({
    csrfToken: await fetchCsrfToken(),
    callbackUrl: returnTo,
    json: 'true',
  });
  // Guests have no page of a provider to go to.
  const action = provider === 'guest' ? 'callback' : 'signin';
  const response = await fetch(`/api/auth/${action}/${provider}`, { method: 'POST', body });
  const answer: unknown = await response.json();
  const url = readText(answer, 'url');
  return url === null ? { refusal: parseErrorBody(answer)?.message ?? NO_ANSWER } : { url };
}
