'use client';

import { Activity } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { lazyPart } from '@/components/ui/lazy-part';

const InspectDrawer = lazyPart(() => import('@/components/inspect/inspect-drawer'));

/** Opens the inspector, which is fetched only then. */
export function InspectButton() {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={opener}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        className={buttonClass({ look: 'quiet', shape: 'icon' })}
        onClick={() => setOpen(!open)}
      >
        <Activity className="size-5" aria-hidden />
        <span className="sr-only">Inspect this call</span>
      </button>
      {open && (
        <Suspense>
          <InspectDrawer opener={opener} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
