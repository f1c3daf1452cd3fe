/** Somebody who has read this long may talk next. */
const READING_MS = 10_000;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'scroll'] as const;

/**
 * Acts once, at the first sign of a person. What is heavy waits for it: a page that only just came stays responsive.
 * The returned function takes that back.
 */
export function onFirstSign(act: () => void): () => void {
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
  for (const sign of SIGNS) window.addEventListener(sign, actOnce, options);
  return stop;
}
