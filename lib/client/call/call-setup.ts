import { ownFailure } from '@/lib/client/api/call-failure';
import type { HeldTicket, Tickets } from '@/lib/client/api/tickets';
import { withDeadline } from '@/lib/client/api/with-deadline';
import { type CallAudio, createCallAudio } from '@/lib/client/audio/levels';
import { openMicrophone, stopStream } from '@/lib/client/audio/microphone';
import type { MicrophoneForesight } from '@/lib/client/audio/microphone-foresight';
import type { StartOptions } from '@/lib/client/call/engine-context';
import type { LiveCall, LiveCallOptions } from '@/lib/client/call/live-call';
import type { LoadSdk } from '@/lib/client/connection/load-sdk';
import type { SparePeer } from '@/lib/client/connection/spare-peer';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { CallEvent } from '@/lib/client/state/call-event';
import { MAX_EARLY_OFFER_CHARS, type OpenCallRequest } from '@/lib/shared/contract';

/** From the microphone on, a call is up by then or it failed. */
const CONNECT_LIMIT_MS = 20_000;
/** A microphone that is allowed already opens sooner than this, and no question is shown. */
const QUESTION_AFTER_MS = 600;

export interface CallSetupOptions {
  browser: CallBrowser;
  loadSdk: LoadSdk;
  spare: SparePeer;
  tickets: Tickets;
  foresight: MicrophoneForesight;
  inspect: InspectRecorder;
  dispatch: (event: CallEvent) => void;
  /**
   * `relay`: a direct attempt failed lately, so the server is asked to connect this one.
   * `deviceId`: the microphone that was chosen before. Without it, or when it is gone, the system's
   * default.
   */
  start: StartOptions & { deviceId?: string; relay?: boolean };
  createCall: (
    parts: Pick<LiveCallOptions, 'held' | 'stream' | 'sdk' | 'peer' | 'audio' | 'hasMicrophone'>,
  ) => LiveCall;
}

/** One attempt at a call, from the click to the open connection. */
export interface CallSetup {
  readonly audio: CallAudio;
  /** The ticket, also while it is still on its way. The engine keeps it or gives it back. */
  held(): Promise<HeldTicket>;
  /** Nobody has dialled with the ticket, and it costs no more for lying: where the server connects, it does. */
  mayKeepTicket(): boolean;
  /** Throws `MicrophoneFailure`, `CallFailure` or the reason of an abandoned attempt. */
  connect(): Promise<LiveCall>;
  /**
   * Releases what the attempt holds, except for the ticket. Late results clean up after themselves. Resolves when its
   * connection is gone.
   */
  abandon(): Promise<void>;
}

const toOpenRequest = ({
  agent,
  takeOver,
  options,
  relay,
}: CallSetupOptions['start']): Partial<OpenCallRequest> => ({
  ...(agent === undefined ? {} : { agent }),
  ...(takeOver === undefined ? {} : { takeOver }),
  ...(options === undefined ? {} : { options }),
  ...(relay ? { relay } : {}),
});

/** Settles only when `work` fails. */
const onlyFailure = (work: Promise<unknown>) => new Promise<never>((_, reject) => work.catch(reject));

/** Says that the browser is asking for the microphone. The returned function stops waiting for that. */
function watchQuestion({ browser, dispatch }: CallSetupOptions, signal: AbortSignal): () => void {
  const timer = setTimeout(async () => {
    const permission = await browser.microphonePermission();
    // Browsers without the Permissions API are assumed to prompt.
    if (!signal.aborted && permission?.state !== 'granted') dispatch({ type: 'microphone_question_opened' });
  }, QUESTION_AFTER_MS);
  return () => clearTimeout(timer);
}

/**
 * Opens the microphone, or makes silence for a typed call. A stream that comes after the signal is stopped, and nobody
 * waits for it: the browser's question may stay open for good.
 */
function openStream({ browser, inspect, start }: CallSetupOptions, audio: CallAudio, signal: AbortSignal) {
  const stream = start.typed
    ? Promise.resolve(audio.createSilence())
    : inspect.measure('microphone', openMicrophone(browser, start.deviceId));
  stream
    .then((late) => {
      if (signal.aborted) stopStream(late);
      signal.addEventListener('abort', () => stopStream(late), { once: true });
    })
    .catch(() => {});
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([stream, aborted]);
}

/**
 * Asks for the microphone, a ticket and the SDK at once. An unused ticket costs the user time of today, so while the
 * browser has to ask for the microphone, or may find none, the ticket waits for the answer. Where the server connects
 * the call, the ticket waits for the offer: one request brings both the ticket and the provider's answer. An offer
 * needs no sound: the peer carries silence until the microphone is open.
 */
export function beginSetup(options: CallSetupOptions): CallSetup {
  const { browser, loadSdk, tickets, foresight, inspect, dispatch, start } = options;
  const abandoned = new AbortController();
  const { signal } = abandoned;
  const request = toOpenRequest(start);
  let call: LiveCall | null = null;
  let isDialling = false;

  async function takeTicket(): Promise<HeldTicket> {
    // What need not wait must not: React renders in the first pause.
    if (isCertain !== true && !(await isCertain)) await stream;
    signal.throwIfAborted();
    if (!start.relayed) return inspect.measure('ticket', tickets.take(request));
    // In the click itself, where it can be: React renders in the first pause, and the request would leave after that.
    const offer = taken.offer ?? (await (await taken.peer).offer);
    signal.throwIfAborted();
    if (offer === null || offer.length > MAX_EARLY_OFFER_CHARS) {
      return inspect.measure('ticket', tickets.take(request));
    }
    isDialling = true;
    dispatch({ type: 'connect_step', step: 'dialling' });
    return inspect.measure('ticket', tickets.take({ ...request, offer }));
  }

  /** A ticket whose secret will be accepted: a new one after a long microphone question. */
  async function freshTicket(): Promise<HeldTicket> {
    const first = await held;
    signal.throwIfAborted();
    if (tickets.isFresh(first)) return first;
    tickets.giveBack(held, 'setup_failed');
    held = tickets.take(request);
    return held;
  }

  async function dial(opened: MediaStream): Promise<LiveCall> {
    const [prepared, ticket, chunk] = await Promise.all([peer, freshTicket(), sdk]);
    signal.throwIfAborted();
    const hasMicrophone = !start.typed;
    call = options.createCall({
      held: ticket,
      stream: opened,
      sdk: chunk,
      peer: prepared,
      audio,
      hasMicrophone,
    });
    await call.connect(signal);
    return call;
  }

  const isCertain = start.typed || foresight.isCertain();
  const sdk = inspect.measure('sdk', loadSdk()).catch(() => {
    throw ownFailure('part_missing');
  });
  const taken = options.spare.take();
  const { peer } = taken;
  // Whoever needs the peer learns why there is none.
  peer.catch(() => {});
  let held = takeTicket();
  const audio = createCallAudio(browser);
  const stream = openStream(options, audio, signal);

  return {
    audio,
    held: () => held,
    mayKeepTicket: () => call === null && !start.relayed && !start.relay,
    async connect() {
      const stopWatching = watchQuestion(options, signal);
      const first = Promise.race([stream, onlyFailure(held), onlyFailure(sdk)]);
      const opened = await first.finally(stopWatching);
      signal.throwIfAborted();
      dispatch({ type: 'microphone_granted' });
      if (isDialling) dispatch({ type: 'connect_step', step: 'dialling' });
      return withDeadline(dial(opened), CONNECT_LIMIT_MS, signal);
    },
    abandon() {
      abandoned.abort();
      audio.close();
      if (call !== null) return call.close();
      peer.then(({ discard }) => discard()).catch(() => {});
      return Promise.resolve();
    },
  };
}
