import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { clientNetwork, listWiderNetworks } from '@/lib/server/http/client-network';

beforeAll(() => {
  process.env.AUTH_SECRET = 'a-secret-of-more-than-32-characters';
  process.env.CLIENT_IP_HEADER = 'X-Forwarded-For';
});

const readNetwork = (value: string) => clientNetwork(new Headers({ 'x-forwarded-for': value }));

test.each([
  ['203.0.113.7', '203.0.113.7', true],
  ['203.0.113.7', '203.0.113.8', false],
  ['203.0.113.7', '::ffff:203.0.113.7', true],
  ['203.0.113.7', '6.6.6.6, 203.0.113.7', true],
  ['203.0.113.7', '203.0.113.7, 6.6.6.6', false],
  ['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff::', true],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['::1', '::2', true],
  ['fe80::1%eth0', 'fe80::2', true],
  ['203.0.113.7:5678', '203.0.113.7', true],
  ['[2001:db8:1:2::1]:443', '2001:db8:1:2::', true],
])('%s and %s come from one network: %s', (one, other, same) => {
  expect(readNetwork(one) === readNetwork(other)).toBe(same);
});

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:3::1', [false, true, true]],
  ['2001:db8:1:2::1', '2001:db8:1:102::1', [false, false, true]],
  ['2001:db8:1:2::1', '2001:db8:2:2::1', [false, false, false]],
])('%s and %s share the /64, the /56 and the /48: %j', (one, other, shared) => {
  const [ofOne, ofOther] = [one, other].map((address) => listWiderNetworks(readNetwork(address) ?? ''));
  expect(ofOne?.map((network, i) => network === ofOther?.[i])).toEqual(shared);
});

test.each(['', 'unknown', '203.0.113', '1.2.3.4:', '[::1', '1.2.3.4, ', 'a'.repeat(500)])(
  '"%s" is no address, and counts with all that have none',
  (value) => {
    expect(readNetwork(value)).toMatch(/^[\w-]{43}$/);
    expect(readNetwork(value)).toBe(clientNetwork(new Headers()));
    expect(readNetwork(value)).not.toBe(readNetwork('203.0.113.7'));
  },
);

test('the address cannot be read from it, and other headers do not count', () => {
  expect(readNetwork('203.0.113.7')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(clientNetwork(new Headers({ 'x-real-ip': '203.0.113.7' }))).toBe(clientNetwork(new Headers()));
});

describe('where no header is named', () => {
  async function networkIn(env: Record<string, string>) {
    vi.resetModules();
    vi.stubEnv('CLIENT_IP_HEADER', undefined);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const { clientNetwork: afresh } = await import('@/lib/server/http/client-network');
    return afresh(new Headers({ 'x-forwarded-for': '203.0.113.7' }));
  }
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each(['production', 'development'])(
    'in %s all guests count as one where calls cost money: a new cookie gains nothing there either',
    async (mode) => {
      const network = await networkIn({ NODE_ENV: mode, OPENAI_API_KEY: 'sk-real' });
      expect(network).toMatch(/^[\w-]{43}$/);
      expect(network).toBe(clientNetwork(new Headers()));
    },
  );

  test.each(['production', 'development'])(
    'in %s the offline sandbox does not count networks',
    async (mode) => {
      const sandbox = { PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' };
      expect(await networkIn({ NODE_ENV: mode, ...sandbox })).toBeNull();
    },
  );
});
