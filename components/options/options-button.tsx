'use client';

import { Settings2 } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { useCallContext } from '@/components/call/call-context';
import { buttonClass } from '@/components/ui/button-class';
import { lazyPart } from '@/components/ui/lazy-part';

const fetchDialog = () => import('@/components/options/options-dialog');
const OptionsDialog = lazyPart(fetchDialog);
const fetchAhead = () => void fetchDialog().catch(() => undefined);

/** Opens the options. The dialog is fetched when the pointer or the focus reaches the button. */
export function OptionsButton({ shape }: { shape: 'text' | 'icon' }) {
  const { commands } = useCallContext().store;
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const show = () => {
    setOpen(true);
    commands.openSound();
  };
  const close = () => {
    setOpen(false);
    commands.previewMicrophone(false);
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        aria-haspopup="dialog"
        className={buttonClass({ look: 'quiet', shape })}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={show}
      >
        <Settings2 className={shape === 'icon' ? 'size-5' : 'size-4'} aria-hidden />
        <span className={shape === 'icon' ? 'sr-only' : undefined}>Options</span>
      </button>
      {open && (
        <Suspense>
          <OptionsDialog opener={opener} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
