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

/** A time of day as the visitor's own clock shows it; until the page is alive, as UTC. */
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
