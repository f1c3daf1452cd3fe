'use client';

import { clsx } from 'clsx';
import { Mic } from 'lucide-react';
import type { MouseEvent, PointerEvent } from 'react';
import { useCallContext } from '@/components/call/call-context';
import { usePreferences } from '@/components/call/call-preferences';
import { KeyHint } from '@/components/call/live/key-hint';
import { HOLD_BUTTON_ID } from '@/components/call/use-shortcuts';
import { LevelMeter } from '@/components/call/wheel/level-meter';

/**
 * Push-to-talk by pointer. Sliding off keeps it held; it is released when the browser takes the pointer away. Whoever can only
 * click, as with the Enter key, a screen reader or a voice command, clicks to talk and clicks again to send.
 */
export function HoldButton({ held }: { held: boolean }) {
  const { commands } = useCallContext().store;
  const { shortcuts } = usePreferences();
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    commands.holdToTalk(true);
  };
  const release = () => commands.holdToTalk(false);
  // A click by pointer counts its presses, and comes after the pointer went up.
  const onClick = ({ detail }: MouseEvent) => detail === 0 && commands.holdToTalk(!held);
  return (
    <button
      type="button"
      id={HOLD_BUTTON_ID}
      aria-pressed={held}
      aria-keyshortcuts={shortcuts ? 'Space' : undefined}
      onPointerDown={onPointerDown}
      onPointerUp={release}
      onLostPointerCapture={release}
      onClick={onClick}
      onContextMenu={(event) => event.preventDefault()}
      className={clsx(
        'mx-auto flex min-h-14 w-full max-w-xl touch-none select-none items-center justify-center gap-3 rounded-full border-2 font-semibold transition-colors',
        held ? 'border-accent bg-accent text-accent-ink' : 'border-accent bg-accent-soft text-accent',
      )}
    >
      <Mic className="size-5" aria-hidden />
      {held ? 'Talking: let go to send' : 'Hold to talk'}
      <LevelMeter side="user" />
      <KeyHint>Space</KeyHint>
    </button>
  );
}
