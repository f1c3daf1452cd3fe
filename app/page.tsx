import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { Panel, PanelLoading } from '@/business/panel';
import { CallScreen } from '@/components/call/call-screen';
import { AccountMenu } from '@/components/header/account-menu';
import { SiteHeader } from '@/components/header/site-header';
import { Wordmark } from '@/components/header/wordmark';
import { leftTodayText } from '@/components/left-today-text';
import { SkipLink } from '@/components/skip-link';
import { PartBoundary } from '@/components/ui/part-boundary';
import { getPageUser } from '@/lib/server/auth/require-user';
import { sweepNowAndThen } from '@/lib/server/endings/sweep';
import { getEnv } from '@/lib/server/platform/env';
import { accountFacts } from './_lib/account-facts';
import { callSetting } from './_lib/call-setting';
import { readSecondsLeft } from './_lib/read-seconds-left';

export default async function TalkPage() {
  const { missing, sandbox } = getEnv();
  if (missing.length > 0) redirect('/setup');
  const user = await getPageUser();
  if (!user) redirect('/login');
  sweepNowAndThen();
  const secondsLeftToday = await readSecondsLeft(user);
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
        <PartBoundary fallback={<NoPanel />}>
          <Suspense fallback={<PanelLoading />}>
            <Panel user={user} />
          </Suspense>
        </PartBoundary>
      </div>
    </div>
  );
}

/** In the place of the panel, when its data cannot be read. */
function NoPanel() {
  return (
    <aside className="border-line bg-raised px-4 py-3 text-ink-muted text-sm max-lg:border-t lg:my-4 lg:me-4 lg:rounded-lg lg:bg-sunken lg:p-6">
      <p>
        Something went wrong on our side, so this part can’t be shown. Nothing in it is lost. Reload the page
        in a moment, or after your call.
      </p>
    </aside>
  );
}
