import { expect, test } from 'vitest';
import { refusalCopy } from '@/components/call/copy/refusal-copy';
import type { ErrorCode } from '@/lib/shared/errors';

const copyOf = (code: ErrorCode) =>
  refusalCopy({ name: 'refused', code, message: 'From the server.', retryAtMs: null } as Parameters<
    typeof refusalCopy
  >[0]);

test.each<ErrorCode>(['site_busy', 'network_busy'])(
  '%s says that there is room again soon, not that today is over',
  (code) => {
    const { sentence, detail, action } = copyOf(code);
    expect(`${sentence} ${detail}`).toMatch(/right now\. There’s room again/);
    expect(`${sentence} ${detail}`).not.toMatch(/today|limit|midnight/);
    expect(action?.kind).toBe('try_again');
  },
);

test('a spent day is told apart from a busy moment', () => {
  expect(copyOf('budget_exhausted').sentence).toMatch(/for today/);
  expect(copyOf('allowance_exhausted').sentence).toMatch(/today’s minutes/);
});
