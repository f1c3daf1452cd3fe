import { expect, test } from 'vitest';
import { findService, SERVICES } from '@/business/shop/services';

test.each([
  ['tune-up', 'tune-up'],
  ['a Tune Up please', 'tune-up'],
  ['tuneup', 'tune-up'],
  ['my gears slip', 'tune-up'],
  ['flat tyre', 'puncture repair'],
  ['puncture', 'puncture repair'],
  ['brakes', 'brake service'],
  ['safety check', 'safety check'],
  ['the full service', 'full service'],
  ['bike fitting', 'bike fitting'],
  ['check my brakes', undefined],
  ['service', undefined],
  ['haircut', undefined],
  ['', undefined],
])('"%s" means %s', (said, name) => {
  expect(findService(said)?.name).toBe(name);
});

test('every service is found by its own name', () => {
  for (const service of SERVICES) expect(findService(service.name)).toBe(service);
});
