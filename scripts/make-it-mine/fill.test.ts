import { expect, test } from 'vitest';
import { createFiller, packageName } from './fill.ts';

const fill = createFiller({
  site: 'Bakery & Co $&',
  agent: 'Nora',
  voice: 'coral',
  business: 'a bakery that Sitename runs',
});

test('placeholders become answers, in one pass and without patterns of replacement', () => {
  expect(fill("name: 'agentname', title: 'Agentname', at: 'Sitename'")).toBe(
    "name: 'nora', title: 'Nora', at: 'Bakery & Co $&'",
  );
  expect(fill('business/agents/agentname.ts')).toBe('business/agents/nora.ts');
  expect(fill('Businessline')).toBe('a bakery that Sitename runs');
});

test('a longer word is no placeholder', () => {
  expect(fill('agentnames MySitename agentName')).toBe('agentnames MySitename agentName');
});

test('four different voices are offered, the chosen one first', () => {
  expect(fill('agentvoice secondvoice thirdvoice fourthvoice')).toBe('coral marin cedar sage');
});

test.each([
  ['Lakeside Dental', 'lakeside-dental'],
  ['24/7 Locksmiths', '24-7-locksmiths'],
  ['Bäckerei & Co.', 'backerei-co'],
  ['寿司', 'voice-agent'],
])('%s is the package %s', (site, name) => expect(packageName(site)).toBe(name));
