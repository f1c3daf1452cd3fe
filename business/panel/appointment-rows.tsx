'use client';

import { clsx } from 'clsx';
import { useState } from 'react';

/** An appointment as the panel shows it, all in words. */
export interface AppointmentRow {
  number: number;
  service: string;
  /** "Friday 27 November at 10 am". */
  when: string;
  /** Its spoken name: "amber 42". */
  code: string;
}

interface AppointmentRowsProps {
  rows: readonly AppointmentRow[];
  /** Shown on every row: "Booked". */
  state: string;
  /** True for past appointments: less prominent. */
  quiet?: boolean;
}

/** Rows of appointments. A row that was not there when the page loaded lights up for a moment. */
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
