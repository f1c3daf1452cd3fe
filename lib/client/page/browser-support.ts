import type { UnsupportedWhy } from '@/lib/client/state/call-state';

/** Reads the policy that a surrounding page imposes. Only Chromium offers this, under an old name. */
function isMicrophoneForbidden(): boolean {
  const policy: unknown = Reflect.get(document, 'featurePolicy');
  if (typeof policy !== 'object' || policy === null) return false;
  const allows: unknown = Reflect.get(policy, 'allowsFeature');
  return typeof allows === 'function' && allows.call(policy, 'microphone') === false;
}

/** Returns why this browser or page cannot make a spoken call; `null` when it can, and on a server. */
export function findUnsupported(): UnsupportedWhy | null {
  if (typeof window === 'undefined') return null;
  if (typeof RTCPeerConnection === 'undefined') return 'no_webrtc';
  if (!window.isSecureContext) return 'insecure_page';
  // The type promises it, but older browsers and plain http have none.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (typeof devices?.getUserMedia !== 'function') return 'no_microphone_api';
  return isMicrophoneForbidden() ? 'frame_policy' : null;
}
