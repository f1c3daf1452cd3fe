import type { Metadata } from 'next';
import { ConsolePage } from '@/components/console/frame/console-page';
import { RangeLinks } from '@/components/console/frame/range-links';
import { HangUps } from '@/components/console/trouble/hang-ups';
import { Refusals } from '@/components/console/trouble/refusals';
import { readRange } from '@/lib/server/console/spend/range';
import { readTrouble } from '@/lib/server/console/trouble/read-trouble';
import { getEnv } from '@/lib/server/platform/env';
import { accountFacts } from '../../_lib/account-facts';
import { requireOwnerPage } from '../../_lib/require-owner-page';

export const metadata: Metadata = { title: 'Trouble' };

/** For administrators: calls that were refused, and connections that did not end. */
export default async function TroublePage({ searchParams }: PageProps<'/admin/trouble'>) {
  const user = await requireOwnerPage('/admin/trouble');
  const range = readRange((await searchParams).days);
  const { refusals, givenUp, stillTried } = await readTrouble(range, Date.now());
  return (
    <ConsolePage sandbox={getEnv().sandbox} account={accountFacts(user)} path="/admin/trouble">
      <section aria-labelledby="refusals-title" className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <div>
            <h2 id="refusals-title" className="font-semibold text-xl">
              Refused calls
            </h2>
            <p className="text-ink-muted">Of the last {range} days, and what the caller was told.</p>
          </div>
          <RangeLinks path="/admin/trouble" range={range} />
        </div>
        <Refusals refusals={refusals} />
      </section>
      <HangUps givenUp={givenUp} stillTried={stillTried} />
    </ConsolePage>
  );
}
