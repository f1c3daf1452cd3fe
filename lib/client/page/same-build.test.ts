import { afterEach, expect, it, vi } from 'vitest';
import { isSameBuild } from '@/lib/client/page/same-build';
import { BUILD } from '@/lib/shared/build';

afterEach(() => vi.unstubAllGlobals());

it.each<[string, () => Promise<Response>, boolean]>([
  ['the same build', async () => Response.json({ build: BUILD }), true],
  ['another build', async () => Response.json({ build: 'later' }), false],
  ['a proxy without a server', async () => new Response('Bad gateway', { status: 502 }), false],
  ['a refusal', async () => Response.json({ build: BUILD }, { status: 429 }), false],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), false],
])('of %s', async (_, answer, same) => {
  vi.stubGlobal('fetch', answer);
  expect(await isSameBuild()).toBe(same);
});
