'use client';

import { clsx } from 'clsx';
import { useState } from 'react';

/** One appointment as the panel shows it: everything in words. */
export interface AppointmentRow {
  number: number;
  service: string;
  /** "Friday 27 November at 10 am". */
  when: string;
  /** What people call it: "amber 42". */
  code: string;
}

interface AppointmentRowsProps {
  rows: readonly AppointmentRow[];
  /** What is true of all of them: "Booked". */
  state: string;
  /** Rows that are over stand back. */
  quiet?: boolean;
}

/** Rows of appointments. Those that were not there when the page came are lit for a moment. */
export function AppointmentRows({ rows, state, quiet = false }: AppointmentRowsProps) {
  const [known] = useState(() => new Set(rows.map(({ number }) => number)));
  return (
    <ul className={clsx('flex flex-col gap-2 empty:hidden', quiet && 'text-ink-muted')}>
      {rows.map(({ number, service, when, code }) => (
        <li
          key={number}
          className={clsx(
            'rounded-md border border-line p-4',
            !quiet && 'bg-raised',
            !known.has(number) && 'animate-notice',
          )}
        >
          <p className="font-semibold first-letter:uppercase">{service}</p>
          <p className="mt-0.5 text-sm">{when}</p>
          <p className="mt-2 flex flex-wrap items-center gap-x-2 text-ink-muted text-xs">
            <span className="rounded-full border border-line px-2 py-0.5">{code}</span>
            {state}
          </p>
        </li>
      ))}
    </ul>
  );
}
