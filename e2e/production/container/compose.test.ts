import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { composeText, partOf, readValkeyOptions } from './compose.ts';
import { readDockerfile } from './dockerfile.ts';

const services = partOf(composeText, 'services');
const app = partOf(services, 'app');
const valkey = partOf(services, 'valkey');

describe('the site', () => {
  test('can change nothing but its temporary files, and gain no permission', () => {
    expect(app).toMatch(/^ {4}init: true$/m);
    expect(app).toMatch(/^ {4}read_only: true$/m);
    expect(partOf(app, 'tmpfs').trim()).toBe('- /tmp');
    expect(partOf(app, 'cap_drop').trim()).toBe('- ALL');
    expect(partOf(app, 'security_opt').trim()).toBe('- no-new-privileges:true');
  });

  test('has the time that its slowest request takes, and starts after its database', () => {
    expect(app).toMatch(/^ {4}stop_grace_period: 30s$/m);
    expect(partOf(app, 'depends_on')).toContain('condition: service_healthy');
  });

  test('takes its settings from a file that Next does not read and git does not keep', () => {
    expect(app).toMatch(/^ {4}env_file: \.env\.docker$/m);
    expect(partOf(app, 'environment').trim()).toBe('REDIS_URL: redis://valkey:6379');
    expect(readFileSync(new URL('../../../.gitignore', import.meta.url), 'utf8')).toMatch(/^\.env\.\*$/m);
  });

  test('may have the name of its build, which Next writes into the server', () => {
    expect(partOf(app, 'args').trim()).toBe('- DEPLOYMENT_ID');
  });

  test('fills no disk with its log, nor does the database', () => {
    expect(composeText).toMatch(/^x-logging: &logging\n(?: {2}#.*\n)? {2}driver: local$/m);
    for (const service of [app, valkey]) expect(service).toMatch(/^ {4}logging: \*logging$/m);
  });

  test('is open to this machine only', () => {
    expect(partOf(app, 'ports').trim()).toBe('- 127.0.0.1:3000:3000');
  });
});

test('the npm commands run where they are, with the settings and the database of the site', () => {
  const tools = partOf(services, 'tools');
  expect(tools).toMatch(/^ {4}profiles: \[tools\]$/m);
  expect(tools).toMatch(/^ {6}target: build$/m);
  expect(readDockerfile()[0]?.[0]?.text).toMatch(/ AS build$/);
  expect(tools).toMatch(/^ {4}env_file: \.env\.docker$/m);
  expect(partOf(tools, 'environment')).toContain('REDIS_URL: redis://valkey:6379');
});

describe('the database', () => {
  test('keeps what it has, and drops nothing when it is full', () => {
    expect(readValkeyOptions().join(' ')).toBe(
      '--appendonly yes --maxmemory 256mb --maxmemory-policy noeviction',
    );
    expect(partOf(valkey, 'volumes').trim()).toBe('- valkey:/data');
  });

  test('is reached by the site alone, and says when it is ready', () => {
    expect(valkey).not.toMatch(/^ {4}ports:/m);
    expect(partOf(valkey, 'healthcheck')).toContain("['CMD', 'valkey-cli', 'ping']");
  });
});
