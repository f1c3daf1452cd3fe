import type { CallBrowser } from '@/lib/client/page/browser';

/** Knows whether the microphone will open, before it is asked to. */
export interface MicrophoneForesight {
  /** Returns whether the page may use a microphone and there is one. Asks the browser the first time only. */
  isCertain(): Promise<boolean>;
}

/**
 * Asking the browser takes as long as a request to the server, so it is asked ahead of the click. A permission keeps
 * itself up to date; devices are listed again when one comes or goes.
 */
export function createMicrophoneForesight(browser: CallBrowser): MicrophoneForesight {
  const listInputs = () =>
    browser
      .enumerateDevices()
      .then((devices) => devices.some(({ kind }) => kind === 'audioinput'))
      .catch(() => false);
  let asked: Promise<[PermissionStatus | null, unknown]> | null = null;
  let hasInput = false;
  const list = () => listInputs().then((has) => (hasInput = has));

  function ask() {
    browser.listen('devicechange', () => void list());
    return Promise.all([browser.microphonePermission(), list()]);
  }
  return {
    async isCertain() {
      asked ??= ask();
      const [permission] = await asked;
      return permission?.state === 'granted' && hasInput;
    },
  };
}
