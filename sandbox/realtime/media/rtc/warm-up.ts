import type { Peer } from '../interfaces.ts';
import { answer } from './answer.ts';
import { LoopbackCaller } from './loopback-caller.ts';

const DEADLINE_MS = 5_000;

/**
 * Makes one whole call to itself: the first handshake of a process compiles the cryptography and creates the
 * certificate, which would block the event loop for half a second in the first call.
 */
export async function warmUp(): Promise<void> {
  const caller = new LoopbackCaller();
  const offerSdp = await caller.offer();
  const peers: Peer[] = [];
  try {
    await within(DEADLINE_MS, async (opened) => {
      const handlers = {
        onChannelOpen: opened,
        onMessage() {},
        onAudio() {},
        onConnected() {},
        onClosed() {},
      };
      const answered = await answer(offerSdp, handlers);
      if (!answered.ok) throw new Error(answered.message);
      peers.push(answered.peer);
      await caller.accept(answered.peer.answerSdp);
    });
  } finally {
    for (const peer of peers) peer.close();
    await caller.close();
  }
}

/** Waits until `start` calls back, or until the time limit. */
function within(limitMs: number, start: (done: () => void) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, limitMs);
    start(() => {
      clearTimeout(timer);
      resolve();
    }).catch(reject);
  });
}
