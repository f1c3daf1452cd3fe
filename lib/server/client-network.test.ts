import { beforeAll, expect, test } from 'vitest';
import { clientNetwork } from '@/lib/server/client-network';

beforeAll(() => {
  process.env.AUTH_SECRET = 'a-secret-of-more-than-32-characters';
  process.env.CLIENT_IP_HEADER = 'X-Forwarded-For';
});

const networkOf = (value: string) => clientNetwork(new Headers({ 'x-forwarded-for': value }));

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
])('%s and %s come from one network: %s', (one, other, same) => {
  expect(networkOf(one) === networkOf(other)).toBe(same);
});

test.each(['', 'unknown', '203.0.113', '1.2.3.4:5678', 'a'.repeat(500)])('"%s" is no address', (value) => {
  expect(networkOf(value)).toBeNull();
});

test('the address cannot be read from it, and other headers do not count', () => {
  expect(networkOf('203.0.113.7')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(clientNetwork(new Headers({ 'x-real-ip': '203.0.113.7' }))).toBeNull();
});
