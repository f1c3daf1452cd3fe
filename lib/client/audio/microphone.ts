import { MicrophoneFailure } from '@/lib/client/api/call-failure';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { MicrophoneProblem } from '@/lib/client/state/call-state';

const VOICE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** What a failed `getUserMedia` says. */
interface Refused {
  name: string;
  message: string;
}

/** Chromium: "Permission denied by system". */
const BY_SYSTEM = /by system$/;

/**
 * Returns what a `getUserMedia` error means to the user. `permission` separates a closed prompt from a remembered no,
 * and a no of the system from one of the browser, which has allowed the page.
 */
export function microphoneProblem(
  { name, message }: Refused,
  permission: PermissionState | null,
): MicrophoneProblem {
  switch (name) {
    case 'NotAllowedError':
      if (BY_SYSTEM.test(message) || permission === 'granted') return 'blocked_by_system';
      return permission === 'prompt' ? 'dismissed' : 'blocked';
    case 'SecurityError':
      return permission === 'prompt' ? 'dismissed' : 'blocked';
    case 'NotFoundError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'in_use';
    default:
      return 'failed';
  }
}

function readError(error: unknown): Refused {
  if (error instanceof Error || error instanceof DOMException) return error;
  return { name: '', message: '' };
}

/**
 * Opens the microphone with echo cancellation, noise suppression and automatic gain. The default device replaces a
 * remembered one that is gone. Throws `MicrophoneFailure`.
 */
export async function openMicrophone(browser: CallBrowser, deviceId?: string): Promise<MediaStream> {
  try {
    const device = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
    return await browser.getUserMedia({ audio: { ...VOICE, ...device } });
  } catch (error) {
    const refused = readError(error);
    const { name } = refused;
    const isGone = name === 'OverconstrainedError' || name === 'NotFoundError';
    if (isGone && deviceId !== undefined) return openMicrophone(browser);
    const permission = await browser.microphonePermission();
    throw new MicrophoneFailure(microphoneProblem(refused, permission?.state ?? null));
  }
}

/** Calls back once when the user lifts a block in the browser's settings. The returned function stops watching. */
export function watchPermission(browser: CallBrowser, onAllowed: () => void): () => void {
  const watch = new AbortController();
  void browser.microphonePermission().then((status) => {
    if (status === null || watch.signal.aborted) return;
    const onChange = () => {
      if (status.state === 'denied') return;
      watch.abort();
      onAllowed();
    };
    status.addEventListener('change', onChange, { signal: watch.signal });
  });
  return () => watch.abort();
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
