import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { block, fetchConsole, hangUp, setPaused } from '@/lib/client/api/console-api';
import { fetchFindings } from '@/lib/client/api/doctor-api';
import type { CallId } from '@/lib/shared/ids';

/** A server that never answers: only giving up ends the waiting. */
beforeEach(() => {
  vi.stubGlobal('location', { origin: 'https://site.test' });
  vi.stubGlobal(
    'fetch',
    (_path: string, { signal }: RequestInit = {}) =>
      new Promise((_, reject) => {
        if (signal?.aborted) reject(signal.reason);
      }),
  );
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it.each([
  ['what goes on', fetchConsole, null],
  ['a pause', () => setPaused(true), null],
  ['a hang-up', () => hangUp('call_1' as CallId), false],
  [
    'a block',
    () => block({ kind: 'person', who: 'u', note: '', days: null }),
    expect.stringMatching(/didn’t work/),
  ],
  ['the doctor', fetchFindings, null],
])('gives up waiting for %s: a question that waits cannot be closed', async (_, ask, outcome) => {
  expect(await ask()).toEqual(outcome);
});
