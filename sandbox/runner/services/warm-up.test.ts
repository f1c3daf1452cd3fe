import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPaths, warmUp } from './warm-up.ts';

it('lists the pages and handlers that people visit, those of a first call first', () => {
  const files = [
    'api',
    'api/auth/[...nextauth]/route.ts',
    'api/cron/reap/route.ts',
    'api/health/route.ts',
    'api/health/route.test.ts',
    'api/voice/calls/[callId]/end/route.ts',
    'api/voice/session/route.ts',
    'calls/page.tsx',
    'layout.tsx',
    'page.tsx',
    '(site)/login/page.tsx',
    'login/login-form.tsx',
  ];
  expect(listPaths(files.map((file) => file.split('/').join(sep)))).toEqual([
    '/login',
    '/',
    '/api/auth/nextauth',
    '/api/voice/session',
    '/api/voice/calls/callId/end',
    '/api/health',
    '/calls',
  ]);
});

describe('warmUp', () => {
  let directory: string;
  let server: Server;
  let url: string;
  let visits: string[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'warm-up-'));
    for (const file of ['page.tsx', 'login/page.tsx', 'api/health/route.ts']) {
      await mkdir(dirname(join(directory, 'app', file)), { recursive: true });
      await writeFile(join(directory, 'app', file), '');
    }
    visits = [];
    // An app with a page behind a sign-in, and next-auth's way to sign in.
    server = createServer((request, response) => {
      const signedIn = request.headers.cookie?.includes('next-auth.session-token=guest=1') ?? false;
      visits.push(`${request.method} ${request.url}${signedIn ? ' as guest' : ''}`);
      if (request.url === '/?warm-up' && !signedIn) response.writeHead(307, { location: '/login' });
      if (request.url === '/api/auth/csrf') response.setHeader('set-cookie', 'csrf=abc; Path=/');
      if (request.url === '/api/auth/callback/guest') {
        response.setHeader('set-cookie', 'next-auth.session-token=guest=1; HttpOnly');
      }
      response.end('{"csrfToken":"abc"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  });

  it('visits every path once, as a guest where a sign-in is needed', async () => {
    await warmUp({ directory, url, asGuest: true, signal: new AbortController().signal });
    expect(visits).toEqual([
      'GET /login?warm-up',
      'GET /?warm-up',
      'GET /api/auth/csrf',
      'POST /api/auth/callback/guest',
      'GET /?warm-up as guest',
      'GET /api/health?warm-up as guest',
    ]);
  });

  it('signs in only when allowed', async () => {
    await warmUp({ directory, url, asGuest: false, signal: new AbortController().signal });
    expect(visits).toEqual(['GET /login?warm-up', 'GET /?warm-up', 'GET /api/health?warm-up']);
  });

  it('stops on abort, and survives an app that has stopped', async () => {
    await warmUp({ directory, url, asGuest: true, signal: AbortSignal.abort() });
    expect(visits).toEqual([]);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await warmUp({ directory, url, asGuest: true, signal: new AbortController().signal });
  });
});
