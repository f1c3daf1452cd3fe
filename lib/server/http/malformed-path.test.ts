import { expect, test } from 'vitest';
import { isMalformed, refuseMalformedPath } from '@/lib/server/http/malformed-path';

test.each([
  ['/', false],
  ['/api/voice/calls/call_1/end', false],
  ['/caf%C3%A9/%20', false],
  ['/%00', false],
  ['/%', true],
  ['/%zz', true],
  ['/api/%E0%A4%A', true],
  ['/api/voice/calls/%FF/end', true],
])('%s is malformed: %s', (path, malformed) => {
  expect(isMalformed(path)).toBe(malformed);
});

test('it is refused like any other request', async () => {
  const response = await refuseMalformedPath(new Request('http://app.test/api/%zz'), null);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'bad_request' } });
});
