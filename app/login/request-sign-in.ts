import { parseErrorBody } from '@/lib/shared/errors';

/** Where the visitor goes now, or why not, in the server's own words. */
export type SignInOutcome = { url: string } | { refusal: string };

const LIMIT_MS = 20_000;
const NO_ANSWER = 'Sign-in didn’t work. Please try again.';

/** Returns the value of one field of a JSON object, if it is a string. */
const readText = (body: unknown, field: string): string | null => {
  const value = typeof body === 'object' && body !== null ? Reflect.get(body, field) : null;
  return typeof value === 'string' ? value : null;
};

/** Returns the JSON of an answer; `null` for any other, as a proxy gives. Throws if there is none. */
async function ask(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
  return response.json().catch(() => null);
}

const refuse = (answer: unknown): SignInOutcome => ({
  refusal: parseErrorBody(answer)?.message ?? NO_ANSWER,
});

/**
 * Sends next-auth's sign-in form. Its own `signIn()` takes a refusal for success and goes back to where it came from, so
 * the visitor would see the same page again and no reason. Throws if the server cannot be reached.
 */
export async function requestSignIn(provider: string, returnTo: string): Promise<SignInOutcome> {
  const form = await ask('/api/auth/csrf', { headers: { accept: 'application/json' } });
  const csrfToken = readText(form, 'csrfToken');
  if (csrfToken === null) return refuse(form);
  const body = new URLSearchParams({ csrfToken, callbackUrl: returnTo, json: 'true' });
  // Guests have no page of a provider to go to.
  const action = provider === 'guest' ? 'callback' : 'signin';
  const answer = await ask(`/api/auth/${action}/${provider}`, { method: 'POST', body });
  const url = readText(answer, 'url');
  return url === null ? refuse(answer) : { url };
}
