import { GOOD_OFFER } from './offers.ts';
import type { Random } from './random.ts';

export interface FuzzedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Targets {
  origin: string;
  /** An open call of another user. */
  callId: string;
  /** Sign-ins of the attacker, good and bad. */
  cookies: [string, ...string[]];
}

const WORDS = ['agent', 'user', 'time_limit', 'end_call', 'rtc_1', '__proto__', ''] as const;
const NASTY = [
  '\u0000',
  '%00',
  '../../etc',
  'NaN',
  '𝕳',
  '"',
  '-1',
  '1e999',
  '{{7*7}}',
  "'; DROP",
  'x'.repeat(5000),
] as const;
const FIELDS = [
  'agent',
  'takeOver',
  'reason',
  'rtcCallId',
  'toolCallId',
  'arguments',
  'allowed',
  '__proto__',
  'callId',
] as const;
const TYPES = [
  'application/json',
  'application/json',
  'application/sdp',
  'text/plain',
  'multipart/form-data',
  '',
] as const;
const METHODS = ['POST', 'POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const;

function value(random: Random, depth = 0): unknown {
  const kind = random.whole(depth > 3 ? 5 : 8);
  if (kind === 0) return random.pick([null, true, false]);
  if (kind === 1) return random.pick([0, -1, 1e308, 2 ** 53, 0.1]);
  if (kind === 2) return random.pick(NASTY);
  if (kind < 5) return random.pick(WORDS);
  if (kind === 5) return Array.from({ length: random.whole(4) }, () => value(random, depth + 1));
  const entries = Array.from({ length: random.whole(4) }, () => [
    random.pick(FIELDS),
    value(random, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

function body(random: Random): string {
  switch (random.whole(8)) {
    case 0:
      return '';
    case 1:
      return random.pick(NASTY);
    case 2:
      return '['.repeat(random.whole(9000));
    case 3:
      return JSON.stringify(value(random)).slice(0, random.whole(40));
    case 4:
      return random.chance(0.5) ? GOOD_OFFER : GOOD_OFFER.slice(0, random.whole(GOOD_OFFER.length));
    case 5:
      return JSON.stringify({ toolCallId: random.pick(WORDS), arguments: value(random) });
    default:
      return JSON.stringify(value(random));
  }
}

function path(random: Random, { callId }: Targets): string {
  const id = encodeURIComponent(
    random.pick([callId, callId, `${callId}:tools`, 'call_x', random.pick(NASTY).slice(0, 500)]),
  );
  const word = encodeURIComponent(random.pick([...WORDS, random.pick(NASTY).slice(0, 500)]));
  return random.pick([
    '/api/voice/session',
    '/api/voice/token',
    `/api/voice/calls/${id}/end`,
    `/api/voice/calls/${id}/connected`,
    `/api/voice/calls/${id}/sdp`,
    `/api/voice/calls/${id}/resume`,
    `/api/voice/calls/${id}/tools/${word}`,
    `/api/voice/calls/${id}/tools/${word}/preview`,
    `/api/admin/calls/${id}/end`,
    '/api/admin/live',
    '/api/admin/pause',
    '/admin',
    '/api/cron/reap',
    '/api/cron/deadline',
    '/api/cron/webhook',
    '/api/health',
    `/api/${word}`,
    `/api/auth/${random.pick(['session', 'csrf', 'signin', 'signout', 'callback/guest', 'callback/github', '_log', `callback/guest/${word}`, word])}`,
    '/',
    '/login',
    `/login?callbackUrl=${word}`,
    '/setup',
    `/${word}`,
  ]);
}

function headers(random: Random, { origin, cookies }: Targets): Record<string, string> {
  const chosen: Record<string, string> = { 'content-type': random.pick(TYPES) };
  const maybe = (name: string, probability: number, text: () => string) => {
    if (random.chance(probability)) chosen[name] = text();
  };
  maybe('origin', 0.8, () => random.pick([origin, origin, origin, 'null', 'https://elsewhere.example', 'x']));
  maybe('cookie', 0.8, () => random.pick(cookies));
  maybe('authorization', 0.2, () => random.pick(['Bearer ek_x', 'Bearer a.b.c', 'Bearer ', 'Basic x', 'x']));
  maybe('x-request-id', 0.1, () => random.pick(['a', 'a'.repeat(300), '<script>', 'fuzz-request-1']));
  maybe('x-parley-token', 0.1, () => 'a.b.c.d.e');
  maybe('x-openai-api-key', 0.1, () => 'sk-fuzz-fuzz');
  maybe('upstash-signature', 0.1, () => 'e30.e30.e30');
  maybe('sec-fetch-site', 0.1, () => random.pick(['same-origin', 'cross-site', 'none']));
  maybe('x-forwarded-host', 0.1, () => 'elsewhere.example');
  maybe('next-action', 0.05, () => 'x');
  return chosen;
}

/** Returns a random request to a random route, close enough to a good one to get past the first checks. */
export const fuzzedRequest = (random: Random, targets: Targets): FuzzedRequest => ({
  method: random.pick(METHODS),
  path: path(random, targets),
  headers: headers(random, targets),
  body: body(random),
});
