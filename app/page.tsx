import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { Panel, PanelLoading } from '@/business/panel';
import { CallScreen } from '@/components/call/call-screen';
import { AccountMenu } from '@/components/header/account-menu';
import { SiteHeader } from '@/components/header/site-header';
import { Wordmark } from '@/components/header/wordmark';
import { SkipLink } from '@/components/skip-link';
import { leftTodayText } from '@/components/time-words';
import { getPageUser } from '@/lib/server/auth/require-user';
import { sweepNowAndThen } from '@/lib/server/endings/sweep';
import { getAllowance } from '@/lib/server/money/allowance';
import { getEnv } from '@/lib/server/platform/env';
import { accountFacts } from './_lib/account-facts';
import { callSetting } from './_lib/call-setting';

export default async function TalkPage() {
  const { missing, sandbox } = getEnv();
  if (missing.length > 0) redirect('/setup');
  const user = await getPageUser();
  if (!user) redirect('/login');
  sweepNowAndThen();
  const { secondsLeftToday } = await getAllowance(user);
  return (
    <div className="shell">
      <SkipLink />
      {/* Not a link here: it would lead to this page, and its code would add to the first load. */}
      <SiteHeader
        sandbox={sandbox}
        home={<Wordmark className="min-h-11" />}
        leftToday={leftTodayText(secondsLeftToday)}
      >
        <AccountMenu account={accountFacts(user)} />
      </SiteHeader>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[minmax(0,1fr)]">
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-col overflow-y-auto outline-none">
          <CallScreen setting={callSetting(user.role, secondsLeftToday)} />
        </main>
        <Suspense fallback={<PanelLoading />}>
          <Panel user={user} />
        </Suspense>
      </div>
    </div>
  );
}
