import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

/** Settings are read once per process, so each case loads the modules again. */
async function findFor(value: string | null) {
  vi.resetModules();
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('AUTH_GUEST', 'true');
  vi.stubEnv('CLIENT_IP_HEADER', 'X-Real-IP');
  const { checkClientIp } = await import('@/lib/server/doctor/check-client-ip');
  const [found] = checkClientIp(new Headers(value === null ? {} : { 'x-real-ip': value }));
  return found && [found.code, ...found.details].join(' ');
}

test.each<[string, string | null, string]>([
  ['a visitor’s', '203.0.113.7', ' x-real-ip: you come from 203.0.113.7'],
  ['a visitor’s, with a port', '[2001:db8::1]:5678', ' x-real-ip: you come from 2001:db8::1'],
  ['the last of a list', '1.2.3.4, 203.0.113.7', ' x-real-ip: you come from 203.0.113.7'],
  ['no header', null, 'client_ip_absent x-real-ip'],
  ['no address', 'for=203.0.113.7;proto=https', 'client_ip_unreadable x-real-ip'],
  ['a proxy’s', '10.3.0.9', 'client_ip_private x-real-ip: you come from 10.3.0.9'],
  ['a proxy’s, mapped', '::ffff:10.3.0.9', 'client_ip_private x-real-ip: you come from ::ffff:10.3.0.9'],
  ['a proxy’s of version 6', 'fd00::2', 'client_ip_private x-real-ip: you come from fd00::2'],
])('the header holds %s address: %s', async (_, value, found) => {
  expect(await findFor(value)).toBe(found);
});
