import { countText } from '@/components/number-words';
import type { RefusalSum } from '@/lib/shared/owner/trouble';

const NUMBER = 'px-2 py-3 text-end align-top tabular-nums sm:px-4';

/** Why calls were refused, the most frequent cause first. */
export function Refusals({ refusals }: { refusals: readonly RefusalSum[] }) {
  if (refusals.length === 0) return <p className="text-ink-muted">No call was refused in this period.</p>;
  const most = Math.max(...refusals.map(({ count }) => count));
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">Refused calls by cause</caption>
        <thead className="bg-sunken">
          <tr>
            <th scope="col" className="px-2 py-2 text-start font-semibold sm:px-4">
              Cause
            </th>
            <th scope="col" className="px-2 py-2 text-end font-semibold sm:px-4">
              Today
            </th>
            <th scope="col" className="px-2 py-2 text-end font-semibold sm:px-4">
              All
            </th>
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ cause, count, today, says, cure }) => (
            <tr key={cause} className="border-line border-t">
              <th scope="row" className="px-2 py-3 text-start font-normal sm:px-4">
                <span className="break-words font-mono text-xs">{cause}</span>
                <span className="mt-1 block">{says}</span>
                {cure && <span className="mt-1 block text-ink-muted">{cure}</span>}
                <span aria-hidden className="mt-2 block h-1.5 rounded-full bg-sunken">
                  <span
                    className="block h-full min-w-1 rounded-full bg-warn"
                    style={{ width: `${(count / most) * 100}%` }}
                  />
                </span>
              </th>
              <td className={NUMBER}>{countText(today)}</td>
              <td className={NUMBER}>{countText(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
