import type { RealtimeConnection, RealtimeConnectionOptions } from '@/lib/client/realtime-connection';

/** The chunk that holds the Agents SDK. */
export interface RealtimeModule {
  createRealtimeConnection(options: RealtimeConnectionOptions): RealtimeConnection;
}

/** All that the call engine asks of a browser, in one place: tests hand in their own. */
export interface CallBrowser {
  fetch(url: string, init: RequestInit): Promise<Response>;
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  /** `null` where the browser does not tell. */
  microphonePermission(): Promise<PermissionStatus | null>;
  createAudioContext(): AudioContext;
  createAudioElement(): HTMLAudioElement;
  isOnline(): boolean;
  /** Listens to the window; the returned function stops that. */
  listen(type: 'pagehide' | 'online' | 'offline', listener: () => void): () => void;
  /** Milliseconds since the epoch. */
  now(): number;
  loadRealtime(): Promise<RealtimeModule>;
}

async function microphonePermission(): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: 'microphone' });
  } catch {
    return null;
  }
}

/** The browser that runs this page. */
export const thisBrowser: CallBrowser = {
  fetch: (url, init) => fetch(url, init),
  getUserMedia: (constraints) => navigator.mediaDevices.getUserMedia(constraints),
  microphonePermission,
  createAudioContext: () => new AudioContext({ latencyHint: 'interactive' }),
  createAudioElement: () => new Audio(),
  isOnline: () => navigator.onLine,
  listen(type, listener) {
    window.addEventListener(type, listener);
    return () => window.removeEventListener(type, listener);
  },
  now: () => Date.now(),
  loadRealtime: () => import('@/lib/client/realtime-connection'),
};
