import { expect, it } from 'vitest';
import { formatBanner } from './banner.ts';

const url = 'http://localhost:3000';

it('shows the address, and what is embedded', () => {
  const plan = { realtime: 'sandbox', redis: 'embedded', authSecret: 'kept', trustHost: true } as const;
  const text = formatBanner({ mode: 'dev', url, plan, colour: false });
  expect(text).toContain('Site      http://localhost:3000\n');
  expect(text).toContain('offline sandbox');
  expect(text).toContain('kept in .parley');
  expect(text).not.toContain('Set ');
  expect(text).not.toContain('\u001b');
});

it('shows what is missing and what to do', () => {
  const plan = { realtime: 'missing', redis: 'missing', authSecret: 'configured', trustHost: false } as const;
  const text = formatBanner({ mode: 'start', url, plan, colour: false });
  expect(text).toContain(
    'Set OPENAI_API_KEY, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN, or PARLEY_SANDBOX=1 for the offline demo.',
  );
});

it('uses colours only on request', () => {
  const plan = {
    realtime: 'configured',
    redis: 'configured',
    authSecret: 'configured',
    trustHost: false,
  } as const;
  expect(formatBanner({ mode: 'start', url, plan, colour: true })).toContain('\u001b[1mSite\u001b[22m');
});
