import { expect, test } from 'vitest';
import { requirePermittedHosts } from './permitted-hosts.ts';

const check = (server_url: string, hosts: string[] = []) =>
  requirePermittedHosts([{ type: 'mcp', server_url }], hosts, 'session.tools');

test.each([
  'http://localhost:3000/mcp',
  'https://127.0.0.1/mcp',
  'http://127.8.9.1/',
  'http://[::1]:3000/mcp',
])('%s is this machine', (url) => expect(() => check(url)).not.toThrow());

test.each([
  'https://mcp.example.com/',
  'http://localhost.example.com/',
  'http://localhost@example.com/',
  'http://127.0.0.1.example.com/',
  'http://[::ffff:169.254.169.254]/',
  'http://10.0.0.1/',
  'http://0x7f000001.example/',
])('%s is not', (url) => expect(() => check(url)).toThrow('--mcp-hosts'));

test('a permitted host, or any', () => {
  expect(() => check('https://mcp.example.com/', ['mcp.example.com'])).not.toThrow();
  expect(() => check('https://other.example.com/', ['mcp.example.com'])).toThrow('other.example.com');
  expect(() => check('https://other.example.com/', ['*'])).not.toThrow();
});
