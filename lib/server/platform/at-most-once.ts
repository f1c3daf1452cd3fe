import 'server-only';

/**
 * Returns `ask` as a function that asks at most once in `ms`. Whoever asks meanwhile gets the same answer, or the same
 * error: a route that anyone may call then costs one request, however often it is called.
 */
export function atMostOnceIn<Answer>(ms: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let last: { atMs: number; answer: Promise<Answer> } | undefined;
  return () => {
    const nowMs = performance.now();
    if (last === undefined || nowMs - last.atMs >= ms) last = { atMs: nowMs, answer: ask() };
    return last.answer;
  };
}
