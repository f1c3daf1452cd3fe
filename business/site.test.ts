import { expect, test } from 'vitest';
import { site } from '@/business/site';

test('the time zone exists', () => {
  expect(() => new Intl.DateTimeFormat('en-GB', { timeZone: site.timeZone })).not.toThrow();
});

test('titles and labels fit on one line', () => {
  for (const text of [site.name, site.business, site.tagline, site.description, site.notFound.heading])
    expect(text).toMatch(/^\S.*\S$/);
});
