import { Moment } from '@/components/calls/moment';
import { RetryButton } from '@/components/console/trouble/retry-button';
import type { Trouble } from '@/lib/shared/owner/trouble';

function stillText(count: number): string {
  if (count === 0) return 'None is being tried now.';
  return count === 1 ? 'One is still being tried.' : `${count} are still being tried.`;
}

/** Connections that the voice service did not let go. */
export function HangUps({ givenUp, stillTried }: Pick<Trouble, 'givenUp' | 'stillTried'>) {
  return (
    <section aria-labelledby="hang-ups-title">
      <h2 id="hang-ups-title" tabIndex={-1} className="font-semibold text-xl">
        Hang-ups that failed
      </h2>
      <p className="text-ink-muted">
        {stillText(stillTried)}{' '}
        {givenUp.length === 0 ? 'None was given up.' : 'These were given up after two hours:'}
      </p>
      <ul className="mt-4 flex flex-col gap-3">
        {givenUp.map(({ callId, rtcCallId, sinceMs }) => (
          <li
            key={rtcCallId}
            className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-raised p-4"
          >
            <div className="min-w-0">
              <p className="break-all font-mono text-sm">{callId}</p>
              <p className="break-all text-ink-muted text-sm">
                Given up <Moment ms={sinceMs} />, connection {rtcCallId}
              </p>
            </div>
            <RetryButton connection={{ callId, rtcCallId }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
