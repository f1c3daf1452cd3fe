'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';

const Toaster = lazy(() => import('@/components/ui/toaster'));

let wanted = false;
let announceReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => {
  announceReady = resolve;
});
const watchers = new Set<() => void>();

const watchWanted = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Says a short confirmation at the edge of the screen. The toast library is fetched by the first one. */
export async function showToast(message: string): Promise<void> {
  wanted = true;
  for (const watcher of watchers) watcher();
  const [{ toast }] = await Promise.all([import('sonner'), ready]);
  toast(message);
}

/** Where toasts appear; stands once in the layout and is empty until the first toast. */
export function ToastHost() {
  const isWanted = useSyncExternalStore(
    watchWanted,
    () => wanted,
    () => false,
  );
  if (!isWanted) return null;
  return (
    <Suspense>
      <Toaster onReady={announceReady} />
    </Suspense>
  );
}
