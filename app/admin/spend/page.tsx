import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { ConsolePage } from '@/components/console/frame/console-page';
import { RangeLinks } from '@/components/console/frame/range-links';
import { Shares } from '@/components/console/spend/shares';
import { SpendChart } from '@/components/console/spend/spend-chart';
import { SpendTable } from '@/components/console/spend/spend-table';
import { callsText, roleText, talkText, usdText } from '@/components/console/spend/spend-words';
import { TodayBudget } from '@/components/console/spend/today-budget';
import { buttonClass } from '@/components/ui/button-class';
import { readRange } from '@/lib/server/console/spend/range';
import { readSpend } from '@/lib/server/console/spend/read-spend';
import { getEnv } from '@/lib/server/platform/env';
import { accountFacts } from '../../_lib/account-facts';
import { requireOwnerPage } from '../../_lib/require-owner-page';

export const metadata: Metadata = { title: 'Spend' };

/** For administrators: what calls came to. */
export default async function SpendPage({ searchParams }: PageProps<'/admin/spend'>) {
  const user = await requireOwnerPage('/admin/spend');
  const { sandbox } = getEnv();
  const range = readRange((await searchParams).days);
  const { today, total, days, agents, roles } = await readSpend(range, Date.now());
  return (
    <ConsolePage sandbox={sandbox} account={accountFacts(user)} path="/admin/spend">
      <TodayBudget today={today} />
      <section aria-labelledby="spend-title" className="flex flex-col gap-6">
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <div>
            <h2 id="spend-title" className="font-semibold text-xl">
              The last {range} days
            </h2>
            <p className="text-ink-muted">
              {usdText(total.microUsd)}, {callsText(total.calls)}, {talkText(total.seconds)}
            </p>
          </div>
          <RangeLinks path="/admin/spend" range={range} />
        </div>
        <SpendChart days={days} />
        <div className="grid gap-8 sm:grid-cols-2">
          <Shares title="By agent" shares={agents.map((sum) => ({ ...sum, name: sum.title }))} />
          <Shares
            title="By kind of account"
            shares={roles.map((sum) => ({ ...sum, name: roleText(sum.role) }))}
          />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h3 className="font-semibold">By day</h3>
          <a href={`/api/admin/spend?days=${range}`} download className={buttonClass()}>
            <Download className="size-4" aria-hidden />
            Download as CSV
          </a>
        </div>
        <SpendTable days={days} />
        <p className="text-ink-muted text-sm">
          At planning prices, by the UTC day on which each call began.{' '}
          {sandbox && 'In the sandbox nothing was paid. '}A call counts once it has ended.
        </p>
      </section>
    </ConsolePage>
  );
}
