'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';

/** Sonner in our colours. It drops toasts that arrive before it is mounted, hence `onReady`. */
export default function Toaster({ onReady }: { onReady: () => void }) {
  const { resolvedTheme } = useTheme();
  useEffect(onReady, [onReady]);
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="top-center"
      toastOptions={{
        unstyled: true,
        className:
          'flex w-full justify-center rounded-full bg-ink px-5 py-3 text-center font-medium text-sm text-surface shadow-raised',
      }}
    />
  );
}
