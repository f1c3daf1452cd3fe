import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { AppointmentListLoading } from '@/components/appointments/appointment-list';
import { CallScreen } from '@/components/call/call-screen';
import { AccountMenu } from '@/components/header/account-menu';
import { SiteHeader } from '@/components/header/site-header';
import { SkipLink } from '@/components/skip-link';
import { leftTodayText } from '@/components/time-words';
import { defaultAgent } from '@/lib/server/agents';
import { getAllowance } from '@/lib/server/allowance';
import { getPageUser } from '@/lib/server/auth';
import { getEnv } from '@/lib/server/env';
import type { Role } from '@/lib/server/user';
import { Appointments } from './appointments';

const ACCOUNT_KINDS: Record<Role, string> = {
  guest: 'Just visiting',
  user: 'Signed in',
  admin: 'Administrator',
};

const PRIVACY = {
  provider: 'While you talk, the sound goes to OpenAI to be answered. It is not recorded here.',
  sandbox: 'In the sandbox the sound stays on this site’s own machine. It is not recorded.',
};

export default async function TalkPage() {
  const { missing, sandbox } = getEnv();
  if (missing.length > 0) redirect('/setup');
  const user = await getPageUser();
  if (!user) redirect('/login');
  const { secondsLeftToday } = await getAllowance(user);
  const { title, tagline, examples } = defaultAgent;
  return (
    <div className="shell">
      <SkipLink />
      <SiteHeader sandbox={sandbox} leftToday={leftTodayText(secondsLeftToday)}>
        <AccountMenu account={{ name: user.name, detail: ACCOUNT_KINDS[user.role] }} />
      </SiteHeader>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[minmax(0,1fr)]">
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-col overflow-y-auto outline-none">
          <CallScreen
            setting={{
              agent: { title, tagline, examples },
              privacy: sandbox ? PRIVACY.sandbox : PRIVACY.provider,
              secondsLeftToday,
            }}
          />
        </main>
        <Suspense fallback={<AppointmentListLoading />}>
          <Appointments user={user} />
        </Suspense>
      </div>
    </div>
  );
}
