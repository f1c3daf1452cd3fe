import { usdText } from '@/components/console/spend/spend-words';
import type { Spend } from '@/lib/shared/owner/spend';

/** The site's day: what is spent, what calls that go on hold, and what is left. */
export function TodayBudget({
  today: { budgetMicroUsd, spentMicroUsd, heldMicroUsd },
}: {
  today: Spend['today'];
}) {
  const share = (microUsd: number) =>
    `${budgetMicroUsd === 0 ? 0 : Math.min(100, (microUsd / budgetMicroUsd) * 100)}%`;
  const left = Math.max(0, budgetMicroUsd - spentMicroUsd - heldMicroUsd);
  const facts = [
    { label: 'Spent', value: usdText(spentMicroUsd), mark: 'bg-accent' },
    { label: 'Held for live calls', value: usdText(heldMicroUsd), mark: 'bg-line-strong' },
    { label: 'Left', value: usdText(left), mark: 'border border-line-strong bg-sunken' },
  ];
  return (
    <section
      aria-labelledby="today-title"
      className="rounded-lg border border-line bg-raised p-5 shadow-raised sm:p-6"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="today-title" className="font-semibold text-xl">
          Today
        </h2>
        <p className="text-ink-muted text-sm">{usdText(budgetMicroUsd)} a day, until midnight UTC</p>
      </div>
      <div aria-hidden className="mt-4 flex h-3 overflow-hidden rounded-full border border-line bg-sunken">
        <div className="bg-accent" style={{ width: share(spentMicroUsd) }} />
        <div className="bg-line-strong" style={{ width: share(heldMicroUsd) }} />
      </div>
      <dl className="mt-4 grid gap-4 sm:grid-cols-3">
        {facts.map(({ label, value, mark }) => (
          <div key={label}>
            <dt className="flex items-center gap-2 text-ink-muted text-sm">
              <span aria-hidden className={`size-2.5 rounded-full ${mark}`} />
              {label}
            </dt>
            <dd className="font-semibold text-xl tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
