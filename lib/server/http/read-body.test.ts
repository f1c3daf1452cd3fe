import { expect, test } from 'vitest';
import { requireForm } from '@/lib/server/http/read-body';

const FORM = 'application/x-www-form-urlencoded';

const post = (body: string, type: string) =>
  new Request('http://app.test/api/auth/callback/guest?x=1', {
    method: 'POST',
    body,
    headers: { 'content-type': type, cookie: 'a=b' },
  });

test('a form passes with its address, its headers and its body', async () => {
  const form = await requireForm(post('csrfToken=x&json=true', `${FORM};charset=UTF-8`));
  expect(form.nextUrl.searchParams.get('x')).toBe('1');
  expect(form.headers.get('cookie')).toBe('a=b');
  expect(await form.text()).toBe('csrfToken=x&json=true');
});

test.each([
  ['{', 'application/json', 'unsupported_media_type'],
  ['x', 'text/plain', 'unsupported_media_type'],
  ['x'.repeat(20_000), FORM, 'payload_too_large'],
])('%.10s as %s is refused', async (body, type, code) => {
  await expect(requireForm(post(body, type))).rejects.toMatchObject({ code });
});
