'use client';

import { useCallback } from 'react';
import { useCallContext } from '@/components/call/call-context';
import { visualMode } from '@/components/call/wheel/visual-mode';
import { createWheelPainter } from '@/components/call/wheel/wheel-painter';

/**
 * The visualiser: a wheel whose spokes grow outward with the agent's voice and inward with the user's. It reads state
 * and levels (`lib/client/audio/levels.ts`) in the animation loop, so nothing renders while it moves.
 */
export function VoiceWheel({ className }: { className?: string }) {
  const { store, loop } = useCallContext();

  const attach = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return;
      const painter = createWheelPainter(canvas);
      const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');
      const leave = loop.add((levels, nowMs) => {
        const mode = visualMode(store.getState().phase);
        painter.paint(mode, levels, nowMs, reduced.matches);
        return 1000 / painter.framesPerSecond(mode, nowMs, reduced.matches);
      });
      let shown = visualMode(store.getState().phase);
      const stopWatching = store.subscribe(() => {
        const mode = visualMode(store.getState().phase);
        if (mode !== shown) loop.wake();
        shown = mode;
      });
      // A steady wheel is drawn once a second, which is too late after a change of size or theme.
      const sizes = new ResizeObserver(loop.wake);
      sizes.observe(canvas);
      const theme = new MutationObserver(loop.wake);
      theme.observe(document.documentElement, { attributeFilter: ['class'] });
      return () => {
        leave();
        stopWatching();
        sizes.disconnect();
        theme.disconnect();
      };
    },
    [store, loop],
  );

  return <canvas ref={attach} className={className} aria-hidden />;
}
