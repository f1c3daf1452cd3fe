import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';

/** More than the most generous route lets pass in a minute. */
const FLOOD = 1_000;
const PARAMS = { callId: 'call_x', name: 'echo', nextauth: ['session'], path: ['nothing'] };

type Route = (request: Request, context: object) => Promise<Response>;

const API = fileURLToPath(new URL('../../../../app/api/', import.meta.url));
const files = readdirSync(API, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('route.ts'),
);

vi.stubEnv('LOG_LEVEL', 'silent');
vi.stubEnv('AUTH_SECRET', 'a-secret-of-more-than-32-characters');

function requestTo(path: string, method: string): Request {
  const headers = { authorization: 'Bearer token', 'content-type': 'application/json' };
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return new Request(`http://app.test/api/${path}`, { method, headers, ...(hasBody ? { body: '{}' } : {}) });
}

describe.each(files)('%s', (path) => {
  test('refuses a flood by itself, and then asks no database and no provider', async () => {
    const routes: Record<string, Route> = await import(/* @vite-ignore */ `${API}${path}`);
    expect(Object.keys(routes).length).toBeGreaterThan(0);
    for (const [method, route] of Object.entries(routes)) {
      const send = () => route(requestTo(path, method), { params: Promise.resolve(PARAMS) });
      let refused: Response | null = null;
      for (let count = 0; count < FLOOD && refused === null; count++) {
        const response = await send();
        if (response.status === 429) refused = response;
      }
      expect(refused?.status, method).toBe(429);
      expect(Number(refused?.headers.get('retry-after')), method).toBeGreaterThan(0);
      const outside = vi.spyOn(globalThis, 'fetch');
      for (let count = 0; count < 5; count++) await send();
      expect(outside, method).not.toHaveBeenCalled();
      outside.mockRestore();
    }
  });
});
