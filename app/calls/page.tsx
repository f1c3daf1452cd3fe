import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { CallRowsLoading } from '@/components/calls/call-rows';
import { type CallsFilter, filterPath, readFilter } from '@/components/calls/calls-filter';
import { END_GROUPS } from '@/components/calls/end-groups';
import { FilterLinks } from '@/components/calls/filter-links';
import { SignedInPage } from '@/components/signed-in-page';
import { listAgents } from '@/lib/server/agents/lookup';
import { getPageUser } from '@/lib/server/auth/require-user';
import { getEnv } from '@/lib/server/platform/env';
import { HISTORY_KEEP_DAYS } from '@/lib/shared/kept-transcript';
import { accountFacts } from '../_lib/account-facts';
import { PastCalls } from './past-calls';

export const metadata: Metadata = { title: 'Your calls' };

function Filters({ filter }: { filter: CallsFilter }) {
  const agentChoices = [{ name: null, title: 'All' }, ...listAgents()].map(({ name, title }) => ({
    label: title,
    path: filterPath({ ...filter, agent: name }),
    chosen: filter.agent === name,
  }));
  const endChoices = [{ group: null, label: 'All' }, ...END_GROUPS].map(({ group, label }) => ({
    label,
    path: filterPath({ ...filter, ended: group }),
    chosen: filter.ended === group,
  }));
  return (
    <div className="flex flex-col gap-3">
      {listAgents().length > 1 && <FilterLinks label="Agent" choices={agentChoices} />}
      <FilterLinks label="Ended" choices={endChoices} />
    </div>
  );
}

export default async function PastCallsPage({ searchParams }: PageProps<'/calls'>) {
  const user = await getPageUser();
  if (!user) redirect('/login?callbackUrl=%2Fcalls');
  const filter = readFilter(
    await searchParams,
    listAgents().map(({ name }) => name),
  );
  return (
    <SignedInPage sandbox={getEnv().sandbox} account={accountFacts(user)}>
      <div>
        <h1 className="font-semibold text-2xl">Your calls</h1>
        <p className="mt-1 text-ink-muted">
          Only you can see these. A call is deleted after {HISTORY_KEEP_DAYS[user.role]} days, and what was
          said is stored only if you chose to keep it.
        </p>
      </div>
      <Filters filter={filter} />
      <Suspense key={filterPath(filter)} fallback={<CallRowsLoading />}>
        <PastCalls userId={user.id} filter={filter} />
      </Suspense>
    </SignedInPage>
  );
}
