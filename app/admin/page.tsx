import type { Metadata } from 'next';
import { ConsolePage } from '@/components/console/frame/console-page';
import { LiveConsole } from '@/components/console/live/live-console';
import { Doctor } from '@/components/doctor/doctor';
import { Panel } from '@/components/ui/panel';
import { getEnv } from '@/lib/server/platform/env';
import { accountFacts } from '../_lib/account-facts';
import { requireOwnerPage } from '../_lib/require-owner-page';

export const metadata: Metadata = { title: 'Console' };

/** For administrators: what goes on now. */
export default async function AdminPage() {
  const user = await requireOwnerPage('/admin');
  return (
    <ConsolePage sandbox={getEnv().sandbox} account={accountFacts(user)} path="/admin">
      <LiveConsole />
      <Panel>
        <Doctor />
      </Panel>
    </ConsolePage>
  );
}
