import type { PeerCloseReason } from '../interfaces.ts';

export interface LivenessLimits {
  /** Time from the answer to the first successful handshake. */
  connectMs: number;
  /** How long nothing may arrive from a browser that should be sending audio. */
  silentMs: number;
  /** The same for a page that only listens; its browser sends a connectivity check every 2.5 s to 6 s. */
  listenerSilentMs: number;
}

export const DEFAULT_LIMITS: LivenessLimits = {
  connectMs: 15_000,
  silentMs: 5_000,
  listenerSilentMs: 12_000,
};

export interface Liveness {
  connected(): void;
  /** Any packet from the browser: audio, a report, a message or a connectivity check. */
  sawPacket(): void;
  sawAudio(): void;
  stop(): void;
}

/** Detects a browser that vanished silently; WebRTC itself takes 30 s. */
export function watchLiveness(limits: LivenessLimits, onGone: (reason: PeerCloseReason) => void): Liveness {
  let lastPacketAt = performance.now();
  let lastAudioAt = Number.NEGATIVE_INFINITY;
  let isConnected = false;
  const connectTimer = setTimeout(() => onGone('failed'), limits.connectMs);
  const timer = setInterval(
    () => {
      if (!isConnected) return;
      const silentForMs = performance.now() - lastPacketAt;
      const wasTalking = lastPacketAt - lastAudioAt < limits.silentMs;
      if (silentForMs >= (wasTalking ? limits.silentMs : limits.listenerSilentMs)) onGone('silent');
    },
    Math.min(500, limits.silentMs / 4),
  );
  return {
    connected() {
      clearTimeout(connectTimer);
      isConnected = true;
      lastPacketAt = performance.now();
    },
    sawPacket() {
      lastPacketAt = performance.now();
    },
    sawAudio() {
      lastPacketAt = performance.now();
      lastAudioAt = lastPacketAt;
    },
    stop() {
      clearTimeout(connectTimer);
      clearInterval(timer);
    },
  };
}
