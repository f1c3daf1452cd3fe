'use client';

import { clsx } from 'clsx';
import { Mic } from 'lucide-react';
import type { PointerEvent } from 'react';
import { useCallContext } from '@/components/call/call-context';
import { LevelMeter } from '@/components/call/wheel/level-meter';

/** Push-to-talk by pointer. Sliding off keeps it held; it is released when the browser takes the pointer away. */
export function HoldButton({ held }: { held: boolean }) {
  const { commands } = useCallContext().store;
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    commands.holdToTalk(true);
  };
  const release = () => commands.holdToTalk(false);
  return (
    <button
      type="button"
      // `useShortcuts` finds the button by this id: with the focus on it, Space talks instead of clicking.
      id="hold-to-talk"
      aria-pressed={held}
      aria-keyshortcuts="Space"
      onPointerDown={onPointerDown}
      onPointerUp={release}
      onLostPointerCapture={release}
      onContextMenu={(event) => event.preventDefault()}
      className={clsx(
        'mx-auto flex min-h-14 w-full max-w-xl touch-none select-none items-center justify-center gap-3 rounded-full border-2 font-semibold transition-colors',
        held ? 'border-accent bg-accent text-accent-ink' : 'border-accent bg-accent-soft text-accent',
      )}
    >
      <Mic className="size-5" aria-hidden />
      {held ? 'Talking: let go to send' : 'Hold to talk'}
      <LevelMeter side="user" />
      <kbd
        className="rounded-sm border border-current px-1.5 leading-4 max-sm:hidden pointer-coarse:hidden"
        aria-hidden
      >
        Space
      </kbd>
    </button>
  );
}
