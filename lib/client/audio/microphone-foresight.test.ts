import { expect, it, vi } from 'vitest';
import { createMicrophoneForesight } from '@/lib/client/audio/microphone-foresight';
import { thisBrowser } from '@/lib/client/page/browser';
import { createFakeBrowser } from '@/lib/client/testing/fake-browser';

function foresee() {
  const fakes = createFakeBrowser();
  const foresight = createMicrophoneForesight({ ...thisBrowser, ...fakes.browser });
  return { ...fakes, foresight };
}

it.each(['prompt', 'denied'] as const)('is not certain while the permission is %s', async (state) => {
  const { permission, foresight } = foresee();
  permission.state = state;
  expect(await foresight.isCertain()).toBe(false);
  permission.change('granted');
  expect(await foresight.isCertain()).toBe(true);
});

it('is not certain without a device, and sees one come', async () => {
  const { devices, foresight, page } = foresee();
  const [microphone] = devices.splice(0);
  expect(await foresight.isCertain()).toBe(false);
  if (microphone) devices.push(microphone);
  page('devicechange');
  await vi.waitFor(async () => expect(await foresight.isCertain()).toBe(true));
});

it('is not certain where a browser does not tell', async () => {
  const { browser } = createFakeBrowser();
  const silent = { ...thisBrowser, ...browser, microphonePermission: async () => null };
  expect(await createMicrophoneForesight(silent).isCertain()).toBe(false);
  const refusing = { ...thisBrowser, ...browser, enumerateDevices: () => Promise.reject(new Error('no')) };
  expect(await createMicrophoneForesight(refusing).isCertain()).toBe(false);
});
