'use client';

import { clsx } from 'clsx';
import { ChevronUp, Mail } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

interface MessagesPanelProps {
  /** How many there are, in words: "1 left". */
  summary: string;
  children: ReactNode;
}

/** Beside the call on wide screens. On phones one line below it, which opens upward. */
export function MessagesPanel({ summary, children }: MessagesPanelProps) {
  const [open, setOpen] = useState(false);
  const contentId = useId();
  return (
    <aside
      aria-label="Your messages"
      className="flex min-h-0 flex-col border-line bg-raised max-lg:border-t lg:my-4 lg:me-4 lg:rounded-lg lg:bg-sunken"
    >
      <h2 className="lg:px-6 lg:pt-6 lg:font-semibold lg:text-lg">
        <span className="max-lg:hidden">Your messages</span>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={contentId}
          onClick={() => setOpen(!open)}
          className="flex min-h-12 w-full items-center gap-3 px-4 text-sm lg:hidden"
        >
          <Mail className="size-5 text-accent" aria-hidden />
          <span className="font-medium">Your messages</span>
          <span className="text-ink-muted">{summary}</span>
          <ChevronUp
            className={clsx('ms-auto size-5 transition-transform', open && 'rotate-180')}
            aria-hidden
          />
        </button>
      </h2>
      <div
        id={contentId}
        className={clsx(
          'min-h-0 overflow-y-auto px-4 pb-4 max-lg:max-h-[45dvh] lg:px-6 lg:pt-4',
          !open && 'max-lg:hidden',
        )}
      >
        {children}
      </div>
    </aside>
  );
}
