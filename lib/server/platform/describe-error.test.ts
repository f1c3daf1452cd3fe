import { once } from 'node:events';
import { BadRequestError, RateLimitError } from 'openai';
import { expect, test } from 'vitest';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';

test('messages of foreign errors stay out of the log', () => {
  const body = { code: 'rate_limit_exceeded', message: 'key sk-secret is over its limit' };
  const cause = new RateLimitError(429, body, undefined, new Headers({ 'x-request-id': 'req_1' }));
  const described = describeError(new AppError('provider_busy', { cause }));
  expect(described).toMatchObject({
    name: 'AppError',
    code: 'provider_busy',
    status: 503,
    cause: { name: 'RateLimitError', status: 429, code: 'rate_limit_exceeded', providerRequestId: 'req_1' },
  });
  expect(JSON.stringify(described)).not.toContain('sk-secret');
});

test('the owner reads in the log why the provider refused, and what to do', () => {
  const body = { code: 'insufficient_quota', message: 'Your key sk-secret has no quota.' };
  const cause = new RateLimitError(429, body, undefined, new Headers());
  const described = describeError(new AppError('provider_refused', { cause, providerCause: 'no_credit' }));
  expect(described.provider).toEqual({
    cause: 'no_credit',
    problem: expect.stringContaining('no credit'),
    cure: expect.stringContaining('Add credit'),
  });
  expect(described.cause?.code).toBe('insufficient_quota');
  expect(JSON.stringify(described)).not.toContain('sk-secret');
});

test('the name of a refused setting stays in, anything else in its place does not', () => {
  const refusal = (param: string) => new BadRequestError(400, { param }, undefined, new Headers());
  expect(describeError(refusal('session.truncation')).param).toBe('session.truncation');
  expect(describeError(refusal('Bearer sk-secret')).param).toBeUndefined();
});

test('the place of the error stays in', () => {
  const described = describeError(new TypeError('password is undefined'));
  expect(described.name).toBe('TypeError');
  expect(described.frames?.[0]).toContain('describe-error.test.ts');
  expect(JSON.stringify(described)).not.toContain('password');
});

test('that the time was up stays in: all errors of a browser interface have one class', async () => {
  const signal = AbortSignal.timeout(0);
  await once(signal, 'abort');
  expect(describeError(signal.reason).name).toBe('TimeoutError');
});

test('lines of a message that look like a place stay out, whenever it was written', () => {
  const error = new Error('Said:\n    at home my password is amber');
  expect(JSON.stringify(describeError(error))).not.toContain('amber');
  expect(describeError(error).frames?.[0]).toContain('describe-error.test.ts');
  error.message = 'another';
  expect(JSON.stringify(describeError(error))).not.toContain('amber');
});

test('endless causes and thrown non-errors are handled', () => {
  const error = new Error('a');
  error.cause = error;
  expect(JSON.stringify(describeError(error)).length).toBeLessThan(10_000);
  expect(describeError('oops')).toEqual({ name: 'string' });
});
