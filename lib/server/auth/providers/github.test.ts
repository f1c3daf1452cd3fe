import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { githubScope, primaryVerifiedEmail, readOrganisation, vouchGithub } from './github';

const email = (fields: object) => ({ email: 'ann@example.com', primary: true, verified: true, ...fields });

describe('the address', () => {
  test.each<[string, unknown, string | null]>([
    [
      'the primary address',
      [email({}), email({ email: 'b@example.com', primary: false })],
      'ann@example.com',
    ],
    ['an address that is not verified', [email({ verified: false })], null],
    ['another address than the primary one', [email({ primary: false })], null],
    ['no address', [], null],
    ['an error', { message: 'Bad credentials' }, null],
  ])('%s', (_, body, expected) => {
    expect(primaryVerifiedEmail(body)).toBe(expected);
  });
});

interface Answer {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

/** GitHub's API as it is on the wire, for one account. */
let answers: Record<string, Answer>;
let asked: string[];
let server: Server;
let apiUrl: string;
beforeEach(async () => {
  answers = {};
  asked = [];
  server = createServer(({ url = '', headers: { authorization } }, response) => {
    asked.push(`${url} ${authorization}`);
    const { status, body = {}, headers = {} } = answers[url] ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const MEMBERSHIP = '/user/memberships/orgs/acme';

describe('the organisation', () => {
  test.each<[string, Answer, string]>([
    ['a member', { status: 200, body: { state: 'active' } }, 'yes'],
    ['someone who has not accepted the invitation', { status: 200, body: { state: 'pending' } }, 'no'],
    ['a stranger', { status: 404 }, 'no'],
    ['anyone, where the organisation restricts OAuth apps', { status: 403 }, 'hidden'],
    [
      'anyone, where it wants its own sign-on first',
      { status: 403, headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' } },
      'hidden',
    ],
    [
      'anyone, after too many requests',
      { status: 403, headers: { 'x-ratelimit-remaining': '0' } },
      'unknown',
    ],
    [
      'anyone, while GitHub slows requests down',
      { status: 403, headers: { 'retry-after': '60' } },
      'unknown',
    ],
    ['anyone, while GitHub is down', { status: 503 }, 'unknown'],
    ['anyone, when the answer has another form', { status: 200, body: { role: 'member' } }, 'unknown'],
  ])('%s', async (_, answer, expected) => {
    answers[MEMBERSHIP] = answer;
    expect(await readOrganisation('gho_1', 'acme', apiUrl)).toBe(expected);
    expect(asked).toEqual([`${MEMBERSHIP} Bearer gho_1`]);
  });

  test('a GitHub that cannot be reached says nothing', async () => {
    server.close();
    expect(await readOrganisation('gho_1', 'acme', apiUrl)).toBe('unknown');
  });
});

describe('what GitHub vouches for', () => {
  beforeEach(() => {
    answers['/user/emails'] = { status: 200, body: [email({})] };
    answers[MEMBERSHIP] = { status: 200, body: { state: 'active' } };
  });

  test('address and organisation', async () => {
    expect(await vouchGithub('gho_1', ['google:acme.example', 'github:acme'], apiUrl)).toEqual({
      verifiedEmail: 'ann@example.com',
      memberships: ['github:acme'],
      doubt: null,
    });
  });

  test('an organisation that hides its members leaves a doubt, and the address counts all the same', async () => {
    answers[MEMBERSHIP] = { status: 403 };
    expect(await vouchGithub('gho_1', ['github:acme'], apiUrl)).toEqual({
      verifiedEmail: 'ann@example.com',
      memberships: [],
      doubt: 'organisation_hidden',
    });
  });

  test('without an organisation in the settings, GitHub is not asked for any', async () => {
    await vouchGithub('gho_1', ['google:acme.example'], apiUrl);
    expect(asked).toEqual(['/user/emails Bearer gho_1']);
    expect(githubScope(['google:acme.example'])).toBe('read:user user:email');
    expect(githubScope(['github:acme'])).toBe('read:user user:email read:org');
  });
});
