import { afterEach, expect, test, vi } from 'vitest';
import { requestSignIn } from './request-sign-in';

/** Answers the two requests of a sign-in, and returns what was sent. */
function answer(second: () => Response) {
  const sent: { url: string; body: string }[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    sent.push({ url: String(input), body: String(init?.body ?? '') });
    return String(input) === '/api/auth/csrf' ? Response.json({ csrfToken: 'token' }) : second();
  });
  return sent;
}
afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['guest', '/api/auth/callback/guest'],
  ['github', '/api/auth/signin/github'],
])('%s posts the form to %s and goes where the server says', async (provider, path) => {
  const sent = answer(() => Response.json({ url: 'https://github.com/login' }));
  expect(await requestSignIn(provider, '/calls')).toEqual({ url: 'https://github.com/login' });
  expect(sent.at(-1)).toEqual({ url: path, body: 'csrfToken=token&callbackUrl=%2Fcalls&json=true' });
});

test('a refusal is shown in the server’s words, and nobody is sent round in a circle', async () => {
  const message = 'This site does not know its own address. Its owner has to set NEXTAUTH_URL.';
  answer(() =>
    Response.json({ error: { code: 'origin_refused', message, requestId: 'r' } }, { status: 403 }),
  );
  expect(await requestSignIn('guest', '/')).toEqual({ refusal: message });
});

test('a refusal before the form is shown in the server’s words too, and no answer is not taken for no server', async () => {
  const message = 'Too many requests. Wait a moment.';
  const refusal = { error: { code: 'rate_limited', message, requestId: 'r' } };
  const fetched = vi.spyOn(globalThis, 'fetch');
  fetched.mockResolvedValueOnce(Response.json(refusal, { status: 429 }));
  expect(await requestSignIn('guest', '/')).toEqual({ refusal: message });
  fetched.mockResolvedValueOnce(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  expect(await requestSignIn('guest', '/')).toEqual({ refusal: 'Sign-in didn’t work. Please try again.' });
});

test('an answer of another form is no success', async () => {
  answer(() => Response.json({}));
  expect(await requestSignIn('guest', '/')).toEqual({ refusal: 'Sign-in didn’t work. Please try again.' });
});

test('a server that cannot be reached is the caller’s to tell', async () => {
  answer(() => {
    throw new TypeError('fetch failed');
  });
  await expect(requestSignIn('guest', '/')).rejects.toThrow('fetch failed');
});
