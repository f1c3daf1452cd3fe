import { afterEach, expect, test, vi } from 'vitest';

/** Returns what a process with this level prints of an ordinary line and of one of the audit trail. */
async function printWith(env: Record<string, string>): Promise<string> {
  vi.resetModules();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const { auditLog, log } = await import('@/lib/server/platform/log');
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  log().info('ordinary');
  auditLog().info('audited');
  write.mockRestore();
  return lines.join('');
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test.each(['warn', 'error', 'fatal', 'silent'])(
  'LOG_LEVEL=%s does not silence the audit trail of a deployed site',
  async (level) => {
    const printed = await printWith({ NODE_ENV: 'production', PARLEY_SANDBOX: '0', LOG_LEVEL: level });
    expect(printed).toContain('audited');
    expect(printed).not.toContain('ordinary');
  },
);

test('elsewhere LOG_LEVEL=silent means silence', async () => {
  expect(await printWith({ NODE_ENV: 'development', LOG_LEVEL: 'silent' })).toBe('');
});
