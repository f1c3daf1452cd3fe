import { onTestFinished, vi } from 'vitest';
import { type CallStore, type CallStoreOptions, createCallStore } from '@/lib/client/call/call-store';
import { loadSdk } from '@/lib/client/connection/load-sdk';
import type { CallBrowser, PageEvent } from '@/lib/client/page/browser';
import type { CallState } from '@/lib/client/state/call-state';
import {
  asDom,
  FakeAudioContext,
  FakeAudioElement,
  FakeMediaStream,
  FakePermission,
  FakeScreenLock,
  FakeStream,
} from '@/lib/client/testing/fake-media';
import { FakeNetwork } from '@/lib/client/testing/fake-network';
import { FakePeer } from '@/lib/client/testing/fake-peer';

// The SDK takes a second to load on a busy machine. No test's own wait is to include it.
await loadSdk();

/** A browser in Node: the call engine and the real Agents SDK run in it unchanged. */
export function createFakeBrowser() {
  const network = new FakeNetwork();
  const microphone = new FakeStream();
  const permission = new FakePermission('granted');
  const audio = new FakeAudioElement();
  const sound = new FakeAudioContext();
  const page = new EventTarget();
  const state = { isOnline: true };
  /** What the browser opens next; may be replaced at any time. */
  const media = {
    open: async (_constraints: MediaStreamConstraints): Promise<MediaStream> => asDom(microphone),
  };
  const remembered = new Map<string, string>();
  /** What holds the screen on, as it was given out. */
  const locks: FakeScreenLock[] = [];
  /** Errors that nobody expected. */
  const reported: unknown[] = [];
  const devices: MediaDeviceInfo[] = [
    { kind: 'audioinput', deviceId: '', label: '', groupId: '', toJSON: () => ({}) },
  ];

  FakePeer.all.length = 0;
  FakePeer.unclosed.clear();
  FakePeer.opensChannel = true;
  FakePeer.findsWay = true;
  FakePeer.session = {};
  vi.stubGlobal('RTCPeerConnection', FakePeer);
  vi.stubGlobal('MediaStream', FakeMediaStream);
  vi.stubGlobal('fetch', network.fetch);
  onTestFinished(() => void vi.unstubAllGlobals());

  const browser: Partial<CallBrowser> = {
    fetch: network.fetch,
    getUserMedia: (constraints) => media.open(constraints),
    microphonePermission: async () => asDom<PermissionStatus>(permission),
    createAudioContext: () => asDom<AudioContext>(sound),
    createAudioElement: () => asDom<HTMLAudioElement>(audio),
    enumerateDevices: async () => [...devices],
    isOnline: () => state.isOnline,
    async requestScreenLock() {
      const lock = new FakeScreenLock();
      locks.push(lock);
      return asDom<WakeLockSentinel>(lock);
    },
    reportError: (error) => void reported.push(error),
    random: () => 0,
    recall: (key) => remembered.get(key) ?? null,
    remember: (key, value) => void (value === null ? remembered.delete(key) : remembered.set(key, value)),
    onSignOut(listener) {
      page.addEventListener('signout', listener);
      return () => page.removeEventListener('signout', listener);
    },
    listen(type, listener) {
      page.addEventListener(type, listener);
      return () => page.removeEventListener(type, listener);
    },
  };
  return {
    browser,
    network,
    microphone,
    permission,
    audio,
    sound,
    setOnline(isOnline: boolean) {
      state.isOnline = isOnline;
      page.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
    },
    media,
    remembered,
    reported,
    locks,
    devices,
    /** Something happened around the page. */
    page: (type: PageEvent | 'signout') => page.dispatchEvent(new Event(type)),
    leavePage: () => page.dispatchEvent(new Event('pagehide')),
  };
}

/** Resolves with the first state that passes, at once when the present one does. */
export function untilState(store: CallStore, passes: (state: CallState) => boolean): Promise<CallState> {
  return new Promise((resolve) => {
    const check = () => {
      if (!passes(store.getState())) return;
      stop();
      resolve(store.getState());
    };
    const stop = store.subscribe(check);
    check();
  });
}

export const untilPhase = (store: CallStore, name: CallState['phase']['name']): Promise<CallState> =>
  untilState(store, ({ phase }) => phase.name === name);

/** A store in such a browser, and the newest peer it made. */
export function createStoreWithFakes(options: Omit<CallStoreOptions, 'browser'> = {}) {
  const fakes = createFakeBrowser();
  const store = createCallStore({ ...options, browser: fakes.browser });
  /** The screen, which listens. */
  const watch = { stop: store.subscribe(() => {}) };
  const peer = (): FakePeer => {
    const newest = FakePeer.all.at(-1);
    if (newest === undefined) throw new Error('No peer connection was made.');
    return newest;
  };
  return { ...fakes, store, watch, peer };
}
