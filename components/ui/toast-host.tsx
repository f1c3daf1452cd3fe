'use client';

import { Suspense, useSyncExternalStore } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';

const Toaster = lazyPart(() => import('@/components/ui/toaster'));

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

/** Shows a short confirmation at the edge of the screen. The first one fetches the toast library. */
export async function showToast(message: string): Promise<void> {
  wanted = true;
  for (const watcher of watchers) watcher();
  const [{ toast }] = await Promise.all([import('sonner'), ready]);
  toast(message);
}

/** The place for toasts, once in the layout. Empty until the first toast. */
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
