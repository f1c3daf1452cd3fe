import { afterEach, expect, it, vi } from 'vitest';
import { createCallStore } from '@/lib/client/call/call-store';
import { findUnsupported } from '@/lib/client/page/browser-support';

afterEach(() => void vi.unstubAllGlobals());

interface Page {
  isSecureContext: boolean;
  hasPeer: boolean;
  hasDevices: boolean;
  allowsMicrophone: boolean;
}

function visit(page: Partial<Page>): void {
  const { isSecureContext = true, hasPeer = true, hasDevices = true, allowsMicrophone = true } = page;
  vi.stubGlobal('window', { isSecureContext });
  vi.stubGlobal('document', { featurePolicy: { allowsFeature: () => allowsMicrophone } });
  vi.stubGlobal('navigator', hasDevices ? { mediaDevices: { getUserMedia: () => {} } } : {});
  if (hasPeer) vi.stubGlobal('RTCPeerConnection', class {});
}

it.each([
  [{}, null],
  [{ hasPeer: false }, 'no_webrtc'],
  [{ isSecureContext: false }, 'insecure_page'],
  [{ hasDevices: false }, 'no_microphone_api'],
  [{ allowsMicrophone: false }, 'frame_policy'],
] as const)('a page with %o lacks %s', (page, expected) => {
  visit(page);
  expect(findUnsupported()).toBe(expected);
});

it('returns null on a server', () => {
  expect(findUnsupported()).toBeNull();
});

it('a store shows it from the start, and is never ready', () => {
  visit({ isSecureContext: false });
  const store = createCallStore();
  const unsupported = { name: 'unsupported', why: 'insecure_page' };
  expect(store.getInitialState().phase).toEqual({ name: 'ready' });
  expect(store.getState().phase).toEqual(unsupported);
  store.commands.start();
  expect(store.getState().phase).toEqual(unsupported);
  store.commands.start({ typed: true });
  expect(store.getState().phase.name).toBe('connecting');
  store.commands.cancel();
  expect(store.getState().phase).toEqual(unsupported);
});
