import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { CallsPage } from '@/components/calls/calls-page';
import { Console } from '@/components/console/console';
import { Doctor } from '@/components/doctor/doctor';
import { Panel } from '@/components/ui/panel';
import { getPageUser } from '@/lib/server/auth/require-user';
import { getEnv } from '@/lib/server/platform/env';
import { accountFacts } from '../_lib/account-facts';

export const metadata: Metadata = { title: 'Console' };

/** For administrators. Others are sent to the Talk page. */
export default async function AdminPage() {
  const user = await getPageUser();
  if (!user) redirect('/login?callbackUrl=%2Fadmin');
  if (user.role !== 'admin') redirect('/');
  return (
    <CallsPage sandbox={getEnv().sandbox} account={accountFacts(user)}>
      <h1 className="font-semibold text-2xl">Console</h1>
      <Console />
      <Panel>
        <Doctor />
      </Panel>
    </CallsPage>
  );
}
