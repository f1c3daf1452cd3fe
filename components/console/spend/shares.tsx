import { callsText, talkText, usdText } from '@/components/console/spend/spend-words';
import type { SpendSums } from '@/lib/shared/owner/spend';

interface SharesProps {
  title: string;
  shares: readonly (SpendSums & { name: string })[];
}

/** Who had which part of the sum, the dearest first. */
export function Shares({ title, shares }: SharesProps) {
  const most = Math.max(1, ...shares.map(({ microUsd }) => microUsd));
  return (
    <section aria-label={title}>
      <h3 className="font-semibold">{title}</h3>
      {shares.length === 0 && <p className="mt-2 text-ink-muted text-sm">No calls in this period.</p>}
      <ul className="mt-3 flex flex-col gap-4">
        {shares.map(({ name, calls, seconds, microUsd }) => (
          <li key={name}>
            <p className="flex items-baseline justify-between gap-4">
              <span className="min-w-0 font-medium">{name}</span>
              <span className="tabular-nums">{usdText(microUsd)}</span>
            </p>
            <div aria-hidden className="mt-1 h-2 overflow-hidden rounded-full bg-sunken">
              <div
                className="h-full rounded-full bg-accent"
                style={{ width: `${(microUsd / most) * 100}%` }}
              />
            </div>
            <p className="mt-1 text-ink-muted text-sm">
              {callsText(calls)}, {talkText(seconds)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
