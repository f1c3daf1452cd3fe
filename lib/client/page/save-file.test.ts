import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { localDay, saveFile } from '@/lib/client/page/save-file';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('keeps the file until a slow browser has read it, and not for good', () => {
  const link = { href: '', download: '', click: vi.fn() };
  vi.stubGlobal('document', { createElement: () => link });
  const revoked = vi.spyOn(URL, 'revokeObjectURL');
  saveFile(new Blob(['Hello']), 'hello.txt');
  expect(link).toMatchObject({ href: expect.stringMatching(/^blob:/), download: 'hello.txt' });
  expect(link.click).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(10_000);
  expect(revoked).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(revoked).toHaveBeenCalledWith(link.href);
});

it('names the day of the user, not that of Greenwich', () => {
  const at = new Date('2026-11-03T20:00:00Z');
  const dayIn = (timeZone: string) => {
    vi.stubEnv('TZ', timeZone);
    return localDay(at);
  };
  expect(['Pacific/Auckland', 'America/Lima'].map(dayIn)).toEqual(['2026-11-04', '2026-11-03']);
});
