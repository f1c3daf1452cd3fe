import { expect, it } from 'vitest';
import { returnPath } from './return-path';

it.each([
  [undefined, '/'],
  ['', '/'],
  ['/', '/'],
  ['/calls?page=2', '/calls?page=2'],
  ['http://localhost:3000/calls', '/calls'],
  ['https://evil.example/', '/'],
  ['//evil.example/x', '/x'],
  ['https://here.example//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?callbackUrl=/login', '/'],
  ['/api/auth/signout', '/'],
  [['/a', '/b'], '/'],
])('%j leads to %s', (callbackUrl, path) => expect(returnPath(callbackUrl)).toBe(path));
