import { ArrowDown, ArrowUp } from 'lucide-react';
import { msText } from '@/components/inspect/inspect-words';
import { NothingYet } from '@/components/inspect/nothing-yet';
import type { InspectEvent } from '@/lib/client/inspect/inspect-state';

function EventLine({ event }: { event: InspectEvent }) {
  const isOurs = event.from === 'client';
  const Arrow = isOurs ? ArrowUp : ArrowDown;
  return (
    <li className="flex gap-2 border-line border-b py-1.5">
      <Arrow className={isOurs ? 'mt-0.5 size-4 text-accent' : 'mt-0.5 size-4 text-ink-muted'} aria-hidden />
      <div className="min-w-0 grow">
        <p className="break-all">
          <span className="sr-only">{isOurs ? 'Sent: ' : 'Received: '}</span>
          {event.type}
          {event.count > 1 && <span className="text-ink-muted"> × {event.count}</span>}
        </p>
        {event.detail && <p className="break-all text-ink-muted text-xs">{event.detail}</p>}
      </div>
      <span className="whitespace-nowrap text-ink-muted text-xs tabular-nums">{msText(event.atMs)}</span>
    </li>
  );
}

/** Events on the data channel, in order. A run of deltas is one line. */
export function EventList({ events }: { events: readonly InspectEvent[] }) {
  if (events.length === 0) return <NothingYet>No events yet.</NothingYet>;
  return (
    <ol className="text-xs">
      {events.map((event) => (
        <EventLine key={event.id} event={event} />
      ))}
    </ol>
  );
}
