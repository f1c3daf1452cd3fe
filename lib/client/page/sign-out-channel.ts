/** Between the tabs of one browser: the user signed out. */
const CHANNEL = 'parley-session';
const SIGNED_OUT = 'signed_out';

/** Notifies the other tabs. Call it before the cookie is removed. */
export function announceSignOut(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(SIGNED_OUT);
  channel.close();
}

/** The returned function stops listening. */
export function onSignOut(listener: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }) => {
    if (data === SIGNED_OUT) listener();
  });
  return () => channel.close();
}
