'use client';

import { clsx } from 'clsx';
import { Mail } from 'lucide-react';
import { useState } from 'react';

/** One message as the panel shows it: everything in words. */
export interface MessageRow {
  id: string;
  text: string;
  name: string;
  /** "Monday 2 January at 12:00 pm". */
  when: string;
}

/** The messages, the newest first. One that arrives after the page is highlighted for a moment. */
export function MessageRows({ rows }: { rows: readonly MessageRow[] }) {
  const [known] = useState(() => new Set(rows.map(({ id }) => id)));
  if (rows.length === 0) return <NoMessages />;
  return (
    <ul className="flex flex-col gap-2">
      {rows.map(({ id, text, name, when }) => (
        <li
          key={id}
          className={clsx('rounded-md border border-line bg-raised p-4', !known.has(id) && 'animate-notice')}
        >
          <p className="break-words font-semibold first-letter:uppercase">{text}</p>
          <p className="mt-0.5 text-sm">From {name}</p>
          <p className="mt-2 text-ink-muted text-xs">{when}</p>
        </li>
      ))}
    </ul>
  );
}

function NoMessages() {
  return (
    <div className="flex flex-col items-center gap-3 rounded-md border border-line-strong border-dashed px-6 py-8 text-center">
      <Mail className="size-6 text-ink-muted" aria-hidden />
      <p className="text-ink-muted text-sm">No messages yet. Say what to pass on, and it appears here.</p>
    </div>
  );
}
