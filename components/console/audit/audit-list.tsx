import { Moment } from '@/components/calls/moment';
import { detailsText, eventText } from '@/components/console/audit/audit-words';
import { PersonLink } from '@/components/console/frame/person-link';
import type { AuditEntry } from '@/lib/shared/owner/audit-entry';

/** What happened, the latest first. `person`: whose entries these are, so that their name needs no repeating. */
export function AuditList({ entries, person }: { entries: readonly AuditEntry[]; person: string | null }) {
  if (entries.length === 0) return <p className="text-ink-muted">There is nothing here.</p>;
  return (
    <ol className="overflow-hidden rounded-md border border-line">
      {entries.map(({ key, atMs, event, user, details }) => (
        <li
          key={key}
          className="grid gap-x-6 gap-y-0.5 border-line border-b bg-raised px-4 py-3 text-sm last:border-b-0 sm:grid-cols-[11rem_1fr]"
        >
          <span className="text-ink-muted">
            <Moment ms={atMs} />
          </span>
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{eventText(event)}</span>
              {user !== null && user !== person && <PersonLink who={user} />}
            </p>
            <p className="break-words text-ink-muted">{detailsText(details)}</p>
            {event.startsWith('person_') && details.who !== undefined && details.who !== person && (
              <p className="text-ink-muted">
                Whom: <PersonLink who={details.who} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
