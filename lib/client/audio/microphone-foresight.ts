import type { CallBrowser } from '@/lib/client/page/browser';

/** Knows whether the microphone will open, before it is asked to. */
export interface MicrophoneForesight {
  /**
   * Returns whether the page may use a microphone and there is one. The first time only, the browser has to be asked, and
   * the answer takes a while.
   */
  isCertain(): boolean | Promise<boolean>;
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
  let asked: Promise<void> | null = null;
  let permission: PermissionStatus | null | undefined;
  let hasInput = false;
  const list = () => listInputs().then((has) => (hasInput = has));
  const mayOpen = () => permission?.state === 'granted' && hasInput;

  async function ask(): Promise<void> {
    browser.listen('devicechange', () => void list());
    [permission] = await Promise.all([browser.microphonePermission(), list()]);
  }
  return {
    isCertain() {
      if (permission !== undefined) return mayOpen();
      asked ??= ask();
      return asked.then(mayOpen);
    },
  };
}
