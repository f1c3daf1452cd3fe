import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';
import { readProblems } from '@/lib/server/testing/read-problems';

describe('webhooks', () => {
  const key = (bytes: number) => `whsec_${Buffer.alloc(bytes, 'k').toString('base64')}`;
  const URL_LINE = { VOICE_WEBHOOK_URL: 'https://hooks.example.com/a/' };
  const webhook = (source: Record<string, string>) => readEnv({ ...URL_LINE, ...source }).webhook;

  test('need an address and a secret, and tell of everything unless events are named', () => {
    expect(readEnv({}).webhook).toBeNull();
    const all = webhook({ VOICE_WEBHOOK_SECRET: key(32) });
    expect(all?.url).toBe('https://hooks.example.com/a/');
    expect(all?.events.size).toBe(7);
    expect(all?.keys).toEqual([Buffer.alloc(32, 'k')]);
    const some = webhook({
      VOICE_WEBHOOK_SECRET: `${key(24)} ${key(64)}`,
      VOICE_WEBHOOK_EVENTS: 'call.ended, tool.ran',
    });
    expect([...(some?.events ?? [])]).toEqual(['call.ended', 'tool.ran']);
    expect(some?.keys).toHaveLength(2);
  });

  test.each([
    ['no base64', 'whsec_secret-word'],
    ['no prefix', Buffer.alloc(32, 'k').toString('base64')],
    ['23 bytes', key(23)],
    ['65 bytes', key(65)],
    ['three secrets', [key(32), key(32), key(32)].join(' ')],
  ])('refuse a secret of %s, without showing it', (_, secret) => {
    const [problem = '', ...others] = readProblems({ ...URL_LINE, VOICE_WEBHOOK_SECRET: secret });
    expect(problem).toMatch(/^VOICE_WEBHOOK_SECRET has a value that is not shown here, but must be whsec_/);
    expect(problem).not.toContain(secret);
    expect(others).toEqual([]);
  });

  test.each([
    ['no address', 'hooks'],
    ['another scheme', 'ftp://hooks.example.com/'],
    ['a password', 'https://ann:pass@hooks.example.com/'],
  ])('refuse %s, without showing it', (_, address) => {
    const [problem = ''] = readProblems({ VOICE_WEBHOOK_URL: address, VOICE_WEBHOOK_SECRET: key(32) });
    expect(problem).toMatch(/^VOICE_WEBHOOK_URL has a value that is not shown here, but must be a URL/);
    expect(problem).not.toContain(address);
  });

  test('go over https from a deployed site, except to the machine itself', () => {
    const source = { NODE_ENV: 'production', VOICE_WEBHOOK_SECRET: key(32) };
    const problems = readProblems({ ...source, VOICE_WEBHOOK_URL: 'http://hooks.example.com/secret-path' });
    expect(problems).toEqual([expect.stringMatching(/^VOICE_WEBHOOK_URL must start with https:/)]);
    for (const url of ['https://hooks.example.com/', 'http://127.0.0.1:9000/']) {
      expect(readProblems({ ...source, VOICE_WEBHOOK_URL: url })).toEqual([]);
    }
    const { VOICE_WEBHOOK_SECRET } = source;
    expect(readProblems({ VOICE_WEBHOOK_SECRET, VOICE_WEBHOOK_URL: 'http://other-machine/' })).toEqual([]);
  });

  test('with half of their lines are refused', () => {
    expect(readProblems(URL_LINE)).toEqual([
      'VOICE_WEBHOOK_SECRET is not set, but VOICE_WEBHOOK_URL is: set both or neither.',
    ]);
    expect(readProblems({ VOICE_WEBHOOK_EVENTS: 'call.ended' })).toEqual([
      'VOICE_WEBHOOK_EVENTS is set, but VOICE_WEBHOOK_URL is not: nobody is told.',
    ]);
    const others = { ...URL_LINE, VOICE_WEBHOOK_SECRET: key(32), VOICE_WEBHOOK_EVENTS: 'call.started' };
    expect(readProblems(others)).toEqual([
      expect.stringMatching(/^VOICE_WEBHOOK_EVENTS is "call.started", but must be one or more of call.ended/),
    ]);
  });
});
