import { expect, test } from 'vitest';
import { FaultPlan } from './fault-plan.ts';
import { HELP, readOptions } from './options.ts';
import { PROFILE_NAMES } from './profiles.ts';

test('listens on loopback and port 8080 by default', () => {
  expect(readOptions([], {})).toEqual({
    host: '127.0.0.1',
    port: 8080,
    apiKey: null,
    maxSessionSeconds: 3_600,
    maxCalls: 20,
    phrases: null,
    profile: 'quick',
    faults: {},
    mcpHosts: [],
    loopback: true,
  });
  expect(readOptions(['--port', '0', '--host', '0.0.0.0'], {})).toMatchObject({ port: 0, host: '0.0.0.0' });
});

test('does not start in production without permission', () => {
  expect(() => readOptions([], { NODE_ENV: 'production' })).toThrow('PARLEY_SANDBOX=1');
  expect(readOptions([], { NODE_ENV: 'production', PARLEY_SANDBOX: '1' }).port).toBe(8080);
  expect(readOptions(['--allow-production'], { NODE_ENV: 'production' }).port).toBe(8080);
});

test.each([
  [['--port', 'abc'], {}, '--port'],
  [['--profile', 'kind'], {}, "--profile is 'kind', but must be one of quick, real, harsh."],
  [[], { SANDBOX_PROFILE: 'kind' }, 'SANDBOX_PROFILE'],
  [['--faults', '{"mnt":{}}'], {}, "--faults: Unknown parameter: 'mnt'"],
  [[], { SANDBOX_SESSION_SECONDS: '-1' }, 'SANDBOX_SESSION_SECONDS'],
  [[], { SANDBOX_FAULTS: '{' }, 'SANDBOX_FAULTS'],
  [[], { SANDBOX_FAULTS: '{"mnt":{}}' }, "Unknown parameter: 'mnt'"],
])('a bad setting is named: %j %j', (args, env, name) => {
  expect(() => readOptions(args, env)).toThrow(name);
});

test('faults can be ordered by environment', () => {
  const options = readOptions([], { SANDBOX_FAULTS: '{"mint":{"status":429,"times":1}}' });
  expect(options.faults).toEqual({ mint: { status: 429, times: 1 } });
});

test('the profile is named by flag or by environment, and the flag decides', () => {
  expect(readOptions([], { SANDBOX_PROFILE: 'real' }).profile).toBe('real');
  expect(readOptions(['--profile', 'harsh'], { SANDBOX_PROFILE: 'real' }).profile).toBe('harsh');
});

test('MCP servers elsewhere are permitted by name', () => {
  expect(readOptions(['--mcp-hosts', 'mcp.example.com, other'], {}).mcpHosts).toEqual([
    'mcp.example.com',
    'other',
  ]);
  expect(readOptions([], { SANDBOX_MCP_HOSTS: '*' }).mcpHosts).toEqual(['*']);
});

test('callers of other machines can be kept from 127.0.0.1, which is their own', () => {
  expect(readOptions([], { SANDBOX_LOOPBACK: '0' }).loopback).toBe(false);
});

test('the help names every flag, profile and fault', () => {
  const faults = Object.keys(FaultPlan.shape);
  for (const word of [
    '--port',
    '--host',
    '--profile',
    '--faults',
    '--mcp-hosts',
    '--help',
    ...PROFILE_NAMES,
    ...faults,
  ]) {
    expect(HELP).toContain(word);
  }
});
