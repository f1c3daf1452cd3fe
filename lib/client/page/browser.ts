import { onSignOut } from '@/lib/client/page/sign-out-channel';

/**
 * What happens around the page. `devicechange`: a sound device was plugged in or out; `networkchange`: the device
 * joined another network; `hidden`, `visible`: the page went out of sight, or came back; `touched`: a key, a finger or
 * a mouse button went down, or something was clicked: by a screen reader or by voice without any of these.
 */
export type PageEvent =
  | 'pagehide'
  | 'online'
  | 'offline'
  | 'blur'
  | 'focus'
  | 'hidden'
  | 'visible'
  | 'devicechange'
  | 'networkchange'
  | 'touched';

/** Everything that the call engine asks of a browser, in one place: tests pass their own. */
export interface CallBrowser {
  fetch(url: string, init: RequestInit): Promise<Response>;
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  enumerateDevices(): Promise<MediaDeviceInfo[]>;
  /** `null` without the Permissions API. */
  microphonePermission(): Promise<PermissionStatus | null>;
  /** Asks for a screen that stays on; `null` where a page cannot. */
  requestScreenLock(): Promise<WakeLockSentinel | null>;
  createAudioContext(): AudioContext;
  createAudioElement(): HTMLAudioElement;
  isOnline(): boolean;
  /** The returned function stops listening. */
  listen(type: PageEvent, listener: () => void): () => void;
  /** The user signed out in another tab. The returned function stops listening. */
  onSignOut(listener: () => void): () => void;
  /** Reads what this device remembers; `null`: nothing. A browser without storage is not an error. */
  recall(key: string): string | null;
  remember(key: string, value: string | null): void;
  /** Shows a developer an error that nobody expected, as if nobody had caught it. */
  reportError(error: unknown): void;
  /** Returns 0…1. */
  random(): number;
  /** Returns milliseconds since the epoch. */
  now(): number;
}

async function microphonePermission(): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: 'microphone' });
  } catch {
    return null;
  }
}

/** Older browsers and plain http have no devices, whatever the type says. */
async function enumerateDevices(): Promise<MediaDeviceInfo[]> {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  return (await devices?.enumerateDevices()) ?? [];
}

/** The Network Information API: not in every browser, and not in TypeScript's library. */
function networkInformation(): EventTarget | null {
  const connection: unknown = Reflect.get(navigator, 'connection');
  return connection instanceof EventTarget ? connection : null;
}

function listen(type: PageEvent, listener: () => void): () => void {
  const watch = new AbortController();
  const options = { signal: watch.signal };
  const onVisibility = () => document.visibilityState === type && listener();
  if (type === 'devicechange') navigator.mediaDevices?.addEventListener('devicechange', listener, options);
  else if (type === 'networkchange') networkInformation()?.addEventListener('change', listener, options);
  else if (type === 'touched') {
    window.addEventListener('pointerdown', listener, options);
    window.addEventListener('keydown', listener, options);
    window.addEventListener('click', listener, options);
  } else if (type === 'hidden' || type === 'visible')
    document.addEventListener('visibilitychange', onVisibility, options);
  else window.addEventListener(type, listener, options);
  return () => watch.abort();
}

/** Not in every browser, whatever the type says. */
async function requestScreenLock(): Promise<WakeLockSentinel | null> {
  const wakeLock: WakeLock | undefined = navigator.wakeLock;
  return (await wakeLock?.request('screen')) ?? null;
}

/** Some privacy settings refuse storage: then choices live as long as the page. */
function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // This browser keeps nothing, as its settings demand.
  }
}

/** The browser that runs this page. */
export const thisBrowser: CallBrowser = {
  fetch: (url, init) => fetch(url, init),
  getUserMedia: (constraints) => navigator.mediaDevices.getUserMedia(constraints),
  enumerateDevices,
  microphonePermission,
  requestScreenLock,
  createAudioContext: () => new AudioContext({ latencyHint: 'interactive' }),
  createAudioElement: () => new Audio(),
  isOnline: () => navigator.onLine,
  listen,
  onSignOut,
  recall,
  remember,
  reportError: (error) => reportError(error),
  random: () => Math.random(),
  now: () => Date.now(),
};
