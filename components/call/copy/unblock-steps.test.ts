import { expect, it } from 'vitest';
import { unblockSteps } from '@/components/call/copy/unblock-steps';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROMIUM = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15';
const BROWSERS = {
  iphoneSafari: `${IPHONE} Version/19.0 Mobile/15E148 Safari/604.1`,
  iphoneChrome: `${IPHONE} CriOS/156.0.0.0 Mobile/15E148 Safari/604.1`,
  iphoneFirefox: `${IPHONE} FxiOS/149.0 Mobile/15E148 Safari/605.1.15`,
  ipad: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT}`,
  androidChrome: `Mozilla/5.0 (Linux; Android 16; K) ${CHROMIUM} Mobile Safari/537.36`,
  macSafari: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT}`,
  macChrome: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROMIUM} Safari/537.36`,
  windowsEdge: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROMIUM} Safari/537.36 Edg/156.0.0.0`,
  chromebook: `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROMIUM} Safari/537.36`,
  linuxFirefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:149.0) Gecko/20100101 Firefox/149.0',
  linuxChrome: `Mozilla/5.0 (X11; Linux x86_64) ${CHROMIUM} Safari/537.36`,
};

const stepsOf = (why: 'blocked' | 'blocked_by_system', browser: keyof typeof BROWSERS) =>
  unblockSteps(why, { userAgent: BROWSERS[browser], maxTouchPoints: browser === 'ipad' ? 5 : 0 }).join(' ');

it.each([
  ['iphoneSafari', 'Tap the page menu'],
  ['iphoneChrome', 'Settings app'],
  ['iphoneFirefox', 'Settings app'],
  ['ipad', 'Tap the page menu'],
  ['androidChrome', 'Tap the icon'],
  ['macSafari', 'Safari’s menu'],
  ['macChrome', 'Click the icon'],
  ['windowsEdge', 'Click the icon'],
  ['linuxFirefox', 'crossed-out microphone'],
  ['linuxChrome', 'Click the icon'],
] as const)('blocked in the browser, %s: %s', (browser, words) => {
  expect(stepsOf('blocked', browser)).toContain(words);
});

it.each([
  ['iphoneChrome', 'Settings app'],
  ['ipad', 'Settings app'],
  ['androidChrome', 'Apps, then this browser, then Permissions'],
  ['macChrome', 'System Settings'],
  ['macSafari', 'System Settings'],
  ['windowsEdge', 'Let desktop apps access'],
  ['chromebook', 'Privacy controls'],
  ['linuxFirefox', 'privacy settings'],
] as const)('blocked by the system, %s: %s', (browser, words) => {
  expect(stepsOf('blocked_by_system', browser)).toContain(words);
});

it('has no steps for what is no block', () => {
  expect(unblockSteps('missing', { userAgent: BROWSERS.macChrome, maxTouchPoints: 0 })).toEqual([]);
});
