import type { CallBrowser } from '@/lib/client/page/browser';

/** The same browser for one owner, who stops all its listeners at once with `close`. */
export function scopeBrowser(browser: CallBrowser): { browser: CallBrowser; close: () => void } {
  const stops = new Set<() => void>();
  const keep = (stop: () => void) => {
    const stopOnce = () => {
      stops.delete(stopOnce);
      stop();
    };
    stops.add(stopOnce);
    return stopOnce;
  };
  return {
    browser: {
      ...browser,
      listen: (type, listener) => keep(browser.listen(type, listener)),
      onSignOut: (listener) => keep(browser.onSignOut(listener)),
    },
    close() {
      for (const stop of [...stops]) stop();
    },
  };
}
