/** After this long on the page, a visitor who has done nothing counts as interested too. */
const READING_MS = 10_000;
const INTERACTIONS = ['pointermove', 'pointerdown', 'keydown', 'scroll'] as const;

/**
 * Calls `act` once, at the first interaction with the page or after ten seconds. Heavy fetches wait for it, so the
 * page stays responsive while it loads. Returns a function that cancels.
 */
export function onFirstInteraction(act: () => void): () => void {
  const watch = new AbortController();
  const stop = () => {
    clearTimeout(timer);
    watch.abort();
  };
  const actOnce = () => {
    stop();
    act();
  };
  const timer = setTimeout(actOnce, READING_MS);
  const options = { capture: true, passive: true, signal: watch.signal };
  for (const interaction of INTERACTIONS) window.addEventListener(interaction, actOnce, options);
  return stop;
}
