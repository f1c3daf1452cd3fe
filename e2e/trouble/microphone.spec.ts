import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import {
  connectionCount,
  installPageConnections,
  microphoneStates,
  unplugMicrophone,
} from './page-connections.ts';

test.describe.configure({ mode: 'parallel' });
test.beforeEach(async ({ page, signInAsGuest }) => {
  await installPageConnections(page);
  await signInAsGuest(page);
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Mute/ })).toBeEnabled({ timeout: 20_000 });
});

test('mute is kept when the connection drops', async ({ page }) => {
  await page.getByRole('button', { name: /^Mute/ }).click();
  expect(await microphoneStates(page)).toEqual([{ isOpen: true, sends: false }]);
  await faultLiveCalls('drop_channel');
  await expect(page.getByText('Connected again.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Unmute/ }).first()).toBeVisible();
  expect(await microphoneStates(page)).toEqual([{ isOpen: true, sends: false }]);
});

test('an unplugged microphone is replaced in the same connection, muted as before', async ({ page }) => {
  await page.getByRole('button', { name: /^Mute/ }).click();
  await unplugMicrophone(page);
  await expect(page.getByText(/The microphone was unplugged\. Now using/)).toBeVisible();
  expect(await microphoneStates(page)).toEqual([
    { isOpen: false, sends: false },
    { isOpen: true, sends: false },
  ]);
  expect(await connectionCount(page)).toBe(1);
});

test('another microphone and loudspeaker during a call: the same connection, muted as before, remembered', async ({
  page,
}) => {
  await page.getByRole('button', { name: /^Mute/ }).click();
  await page.getByRole('button', { name: 'Options' }).click();
  const dialog = page.getByRole('dialog');
  const microphone = dialog.getByRole('combobox', { name: 'Microphone' });
  await microphone.selectOption({ label: 'Fake Audio Input 2' });
  const speaker = dialog.getByRole('combobox', { name: 'Loudspeaker' });
  await speaker.selectOption({ label: 'Fake Audio Output 2' });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('Now using Fake Audio Input 2.')).toBeVisible();
  expect(await microphoneStates(page)).toEqual([
    { isOpen: false, sends: false },
    { isOpen: true, sends: false },
  ]);
  expect(await connectionCount(page)).toBe(1);

  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByRole('heading', { name: 'You ended the call.' })).toBeVisible();
  await page.getByRole('button', { name: 'Options' }).click();
  await expect(microphone).toHaveValue(/.+/);
  await expect(speaker).toHaveValue(/.+/);
});

test('the last microphone is unplugged: typing works, and the next one plugged in is used', async ({
  page,
}) => {
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia;
    let isPlugged = false;
    devices.getUserMedia = (constraints) =>
      isPlugged ? open(constraints) : Promise.reject(new DOMException('None.', 'NotFoundError'));
    devices.addEventListener('plug', () => {
      isPlugged = true;
      devices.dispatchEvent(new Event('devicechange'));
    });
  });
  await unplugMicrophone(page);
  await expect(
    page.getByText('The microphone was disconnected. Plug one in, or carry on by typing.'),
  ).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeEnabled();
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('plug')));
  await expect(page.getByRole('button', { name: /^Mute/ })).toBeEnabled();
  expect((await microphoneStates(page)).at(-1)).toEqual({ isOpen: true, sends: true });
  expect(await connectionCount(page)).toBe(1);
});
