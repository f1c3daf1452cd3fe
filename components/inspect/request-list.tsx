import { msText } from '@/components/inspect/inspect-words';
import { NothingYet } from '@/components/inspect/nothing-yet';
import type { InspectRequest } from '@/lib/client/inspect/inspect-state';

/** Requests that the page made for the call: method, path, status and time, but no content. */
export function RequestList({ requests }: { requests: readonly InspectRequest[] }) {
  if (requests.length === 0) return <NothingYet>No requests yet.</NothingYet>;
  return (
    <ol className="text-xs">
      {requests.map(({ id, method, path, status, code, ms, atMs }) => (
        <li key={id} className="flex gap-3 border-line border-b py-2">
          <span className={status === null || status >= 400 ? 'font-semibold text-danger' : 'font-semibold'}>
            {status ?? 'none'}
          </span>
          <span className="min-w-0 grow break-all">
            {method} {path}
            {code && <span className="block text-danger">{code}</span>}
          </span>
          <span className="whitespace-nowrap text-end text-ink-muted tabular-nums">
            {msText(ms)}
            <span className="block">at {msText(atMs)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
