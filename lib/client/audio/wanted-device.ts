import type { CallBrowser } from '@/lib/client/page/browser';

/**
 * Returns what identifies the microphone that a call should use: the chosen one while it is there, otherwise the
 * system's default, which browsers list first. `null` without any.
 */
async function findWanted(browser: CallBrowser, deviceId: string | null): Promise<string | null> {
  const devices = await browser.enumerateDevices().catch(() => []);
  const inputs = devices.filter(({ kind }) => kind === 'audioinput');
  const wanted = inputs.find((input) => input.deviceId === deviceId) ?? inputs[0];
  return wanted === undefined ? null : `${wanted.deviceId} ${wanted.groupId} ${wanted.label}`;
}

interface WantedDevice {
  /** The call uses another device from now on. */
  renew(): void;
  stop(): void;
}

/**
 * Watches the sound devices. `isOther`: the call should use another microphone, because a headset was connected and
 * became the default, or because the chosen microphone is back.
 */
export function watchWantedDevice(
  browser: CallBrowser,
  deviceId: () => string | null,
  onDevices: (isOther: boolean) => void,
): WantedDevice {
  let known = findWanted(browser, deviceId());
  const check = async () => {
    const before = await known;
    known = findWanted(browser, deviceId());
    const after = await known;
    onDevices(before !== null && after !== null && before !== after);
  };
  return {
    renew() {
      known = findWanted(browser, deviceId());
    },
    stop: browser.listen('devicechange', () => void check()),
  };
}
