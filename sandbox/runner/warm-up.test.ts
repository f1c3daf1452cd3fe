import { sep } from 'node:path';
import { expect, it } from 'vitest';
import { pathsOfApp } from './warm-up.ts';

it('finds pages and handlers, near ones first', () => {
  const files = [
    'api',
    'api/auth/[...nextauth]/route.ts',
    'api/voice/calls/[callId]/end/route.ts',
    'api/health/route.ts',
    'api/health/route.test.ts',
    'layout.tsx',
    'page.tsx',
    '(site)/login/page.tsx',
    'login/login-form.tsx',
  ];
  expect(pathsOfApp(files.map((file) => file.split('/').join(sep)))).toEqual([
    '/',
    '/login',
    '/api/health',
    '/api/auth/nextauth',
    '/api/voice/calls/callId/end',
  ]);
});
