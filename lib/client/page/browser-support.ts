import type { UnsupportedWhy } from '@/lib/client/state/call-state';

/** Chromium's name for the policy that a surrounding page imposes; other browsers do not tell. */
function isMicrophoneForbidden(): boolean {
  const policy: unknown = Reflect.get(document, 'featurePolicy');
  if (typeof policy !== 'object' || policy === null) return false;
  const allows: unknown = Reflect.get(policy, 'allowsFeature');
  return typeof allows === 'function' && allows.call(policy, 'microphone') === false;
}

/** Why this browser or page cannot make a spoken call; `null` when it can, and on a server. */
export function findUnsupported(): UnsupportedWhy | null {
  if (typeof window === 'undefined') return null;
  if (typeof RTCPeerConnection === 'undefined') return 'no_webrtc';
  if (!window.isSecureContext) return 'insecure_page';
  // Absent where the type promises it: older browsers and plain http.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (typeof devices?.getUserMedia !== 'function') return 'no_microphone_api';
  return isMicrophoneForbidden() ? 'frame_policy' : null;
}
