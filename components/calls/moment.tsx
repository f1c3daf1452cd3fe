'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

const formatMoment = (ms: number, timeZone?: string) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(timeZone ? { timeZone } : {}),
  }).format(ms);

/** A date and time in the browser's time zone; until the page is hydrated, in UTC. */
export function Moment({ ms }: { ms: number }) {
  const words = useSyncExternalStore(
    never,
    () => formatMoment(ms),
    () => `${formatMoment(ms, 'UTC')} UTC`,
  );
  return (
    <time dateTime={new Date(ms).toISOString()} className="tabular-nums">
      {words}
    </time>
  );
}
