'use client';

import { clsx } from 'clsx';
import { CalendarDays, ChevronUp } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

interface AppointmentsPanelProps {
  /** The number of upcoming appointments, in words: "1 coming up". */
  summary: string;
  children: ReactNode;
}

/** The panel's frame: beside the call on wide screens, a line below it that opens upward on phones. */
export function AppointmentsPanel({ summary, children }: AppointmentsPanelProps) {
  const [open, setOpen] = useState(false);
  const contentId = useId();
  return (
    <aside
      aria-label="Your appointments"
      className="flex min-h-0 flex-col border-line bg-raised max-lg:border-t lg:my-4 lg:me-4 lg:rounded-lg lg:bg-sunken"
    >
      <h2 className="lg:px-6 lg:pt-6 lg:font-semibold lg:text-lg">
        <span className="max-lg:hidden">Your appointments</span>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={contentId}
          onClick={() => setOpen(!open)}
          className="flex min-h-12 w-full items-center gap-3 px-4 text-sm lg:hidden"
        >
          <CalendarDays className="size-5 text-accent" aria-hidden />
          <span className="font-medium">Your appointments</span>
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
