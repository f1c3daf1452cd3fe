import { onSignOut } from '@/lib/client/page/sign-out-channel';

/**
 * What happens around the page. `devicechange`: sound devices came or went; `networkchange`: another way into
 * the network; `hidden`: nobody sees the page any longer.
 */
export type PageEvent =
  | 'pagehide'
  | 'online'
  | 'offline'
  | 'blur'
  | 'hidden'
  | 'devicechange'
  | 'networkchange';

/** All that the call engine asks of a browser, in one place: tests hand in their own. */
export interface CallBrowser {
  fetch(url: string, init: RequestInit): Promise<Response>;
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  enumerateDevices(): Promise<MediaDeviceInfo[]>;
  /** `null` where the browser does not tell. */
  microphonePermission(): Promise<PermissionStatus | null>;
  createAudioContext(): AudioContext;
  createAudioElement(): HTMLAudioElement;
  isOnline(): boolean;
  /** The returned function stops listening. */
  listen(type: PageEvent, listener: () => void): () => void;
  /** The person signed out in another tab. The returned function stops listening. */
  onSignOut(listener: () => void): () => void;
  /** Remembered on this device; `null`: nothing. A browser that remembers nothing is not an error. */
  recall(key: string): string | null;
  remember(key: string, value: string | null): void;
  /** 0…1. */
  random(): number;
  /** Milliseconds since the epoch. */
  now(): number;
}

async function microphonePermission(): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: 'microphone' });
  } catch {
    return null;
  }
}

/** Not in every browser, and not in TypeScript's library. */
function networkInformation(): EventTarget | null {
  const connection: unknown = Reflect.get(navigator, 'connection');
  return connection instanceof EventTarget ? connection : null;
}

function listen(type: PageEvent, listener: () => void): () => void {
  const watch = new AbortController();
  const options = { signal: watch.signal };
  const onVisibility = () => document.visibilityState === 'hidden' && listener();
  if (type === 'devicechange') navigator.mediaDevices?.addEventListener('devicechange', listener, options);
  else if (type === 'networkchange') networkInformation()?.addEventListener('change', listener, options);
  else if (type === 'hidden') document.addEventListener('visibilitychange', onVisibility, options);
  else window.addEventListener(type, listener, options);
  return () => watch.abort();
}

/** Storage is refused by some privacy settings: then choices live as long as the page. */
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
    // Not remembered, as this browser wants it.
  }
}

/** The browser that runs this page. */
export const thisBrowser: CallBrowser = {
  fetch: (url, init) => fetch(url, init),
  getUserMedia: (constraints) => navigator.mediaDevices.getUserMedia(constraints),
  enumerateDevices: () => navigator.mediaDevices.enumerateDevices(),
  microphonePermission,
  createAudioContext: () => new AudioContext({ latencyHint: 'interactive' }),
  createAudioElement: () => new Audio(),
  isOnline: () => navigator.onLine,
  listen,
  onSignOut,
  recall,
  remember,
  random: () => Math.random(),
  now: () => Date.now(),
};
