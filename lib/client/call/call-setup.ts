import { ownFailure } from '@/lib/client/api/call-failure';
import type { HeldTicket, Tickets } from '@/lib/client/api/tickets';
import type { CallAudio } from '@/lib/client/audio/levels';
import { openMicrophone, stopStream } from '@/lib/client/audio/microphone';
import type { StartOptions } from '@/lib/client/call/engine-context';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallBrowser, RealtimeModule } from '@/lib/client/page/browser';
import type { OpenCallRequest } from '@/lib/shared/contract';

/** The three things a call needs. */
export interface CallParts {
  stream: Promise<MediaStream>;
  /** Replaced when the first one grew old during the microphone question. */
  held: Promise<HeldTicket>;
  realtime: Promise<RealtimeModule>;
}

/** With a microphone chosen before; without it, or when it is gone, with the system's default. */
export type SetupOptions = StartOptions & { deviceId?: string };

const toOpenRequest = ({ agent, takeOver, options }: StartOptions): Partial<OpenCallRequest> => ({
  ...(agent === undefined ? {} : { agent }),
  ...(takeOver === undefined ? {} : { takeOver }),
  ...(options === undefined ? {} : { options }),
});

/** The microphone is allowed already, and there is one: it will open. */
async function isMicrophoneCertain(browser: CallBrowser): Promise<boolean> {
  const [permission, devices] = await Promise.all([
    browser.microphonePermission(),
    browser.enumerateDevices().catch(() => []),
  ]);
  return permission?.state === 'granted' && devices.some(({ kind }) => kind === 'audioinput');
}

/**
 * Asks for the microphone, a ticket and the SDK at once. A ticket that is not used costs the person time of
 * today, so while the browser has to ask for the microphone, or may find none, the ticket waits for the answer.
 * A stream that comes after the signal is stopped; the ticket is the caller's to use or give back.
 */
export function gatherParts(
  browser: CallBrowser,
  tickets: Tickets,
  sound: CallAudio,
  inspect: InspectRecorder,
  options: SetupOptions,
  signal: AbortSignal,
): CallParts {
  const stream = options.typed
    ? Promise.resolve(sound.createSilence())
    : inspect.measure('microphone', openMicrophone(browser, options.deviceId));
  const takeTicket = async () => {
    const isCertain = options.typed || (await isMicrophoneCertain(browser));
    if (!isCertain) await stream;
    signal.throwIfAborted();
    return inspect.measure('ticket', tickets.take(toOpenRequest(options)));
  };
  stream
    .then((late) => {
      if (signal.aborted) stopStream(late);
      signal.addEventListener('abort', () => stopStream(late), { once: true });
    })
    .catch(() => {});
  const realtime = inspect.measure('sdk', browser.loadRealtime()).catch(() => {
    throw ownFailure('network');
  });
  return { stream, held: takeTicket(), realtime };
}

/** A ticket whose secret will be accepted: a new one when the person took long over the microphone question. */
export async function freshTicket(
  parts: CallParts,
  tickets: Tickets,
  options: StartOptions,
  signal: AbortSignal,
): Promise<HeldTicket> {
  const held = await parts.held;
  signal.throwIfAborted();
  if (tickets.isFresh(held)) return held;
  tickets.giveBack(parts.held, 'setup_failed');
  parts.held = tickets.take(toOpenRequest(options));
  return parts.held;
}
