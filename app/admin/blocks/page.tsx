import type { Metadata } from 'next';
import { BlockAddress } from '@/components/console/blocks/block-buttons';
import { BlockList } from '@/components/console/blocks/block-list';
import { ConsolePage } from '@/components/console/frame/console-page';
import { listBlocks } from '@/lib/server/console/blocks/blocks';
import { getEnv } from '@/lib/server/platform/env';
import { accountFacts } from '../../_lib/account-facts';
import { requireOwnerPage } from '../../_lib/require-owner-page';

export const metadata: Metadata = { title: 'Blocks' };

/** For administrators: who may begin no calls. */
export default async function BlocksPage() {
  const user = await requireOwnerPage('/admin/blocks');
  const blocks = await listBlocks(Date.now());
  return (
    <ConsolePage sandbox={getEnv().sandbox} account={accountFacts(user)} path="/admin/blocks">
      <section aria-labelledby="blocks-title" className="flex flex-col gap-8">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <div>
            <h2 id="blocks-title" tabIndex={-1} className="font-semibold text-xl">
              Blocked
            </h2>
            <p className="text-ink-muted">
              Block a person from their live call or from the audit trail. Blocking a network affects guests
              only.
            </p>
          </div>
          <BlockAddress />
        </div>
        <BlockList blocks={blocks} />
      </section>
    </ConsolePage>
  );
}
