import { dayText, talkText, usdText } from '@/components/console/spend/spend-words';
import { countText } from '@/components/number-words';
import type { SpendOf } from '@/lib/shared/owner/spend';

const NUMBER = 'px-2 py-2 sm:px-4 text-end tabular-nums';

/** A longer table is folded up. */
const MOST_ROWS = 31;

/** The days on which there were calls, the latest first. */
export function SpendTable({ days }: { days: readonly SpendOf<'day'>[] }) {
  const talked = days.filter(({ calls }) => calls > 0).toReversed();
  if (talked.length === 0) return <p className="text-ink-muted text-sm">No calls in this period.</p>;
  if (talked.length <= MOST_ROWS) return <DayRows days={talked} />;
  return (
    <details key={days.length}>
      <summary className="mb-2 inline-flex min-h-11 items-center text-sm underline underline-offset-4">
        Show all {talked.length} days
      </summary>
      <DayRows days={talked} />
    </details>
  );
}

function DayRows({ days }: { days: readonly SpendOf<'day'>[] }) {
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">Spend by day</caption>
        <thead className="bg-sunken">
          <tr>
            <th scope="col" className="px-2 py-2 sm:px-4 text-start font-semibold">
              Day
            </th>
            {['Calls', 'Talked', 'Spent'].map((head) => (
              <th key={head} scope="col" className="px-2 py-2 sm:px-4 text-end font-semibold">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, calls, seconds, microUsd }) => (
            <tr key={day} className="border-line border-t">
              <th scope="row" className="whitespace-nowrap px-2 py-2 sm:px-4 text-start font-normal">
                {dayText(day, true)}
              </th>
              <td className={NUMBER}>{countText(calls)}</td>
              <td className={NUMBER}>{talkText(seconds)}</td>
              <td className={NUMBER}>{usdText(microUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
