import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { AuditList } from '@/components/console/audit/audit-list';
import { BlockPerson } from '@/components/console/blocks/block-buttons';
import { ConsolePage } from '@/components/console/frame/console-page';
import { buttonClass } from '@/components/ui/button-class';
import { readAudit, readCursor } from '@/lib/server/console/audit/read-audit';
import { getEnv } from '@/lib/server/platform/env';
import { AUDIT_KEEP_DAYS } from '@/lib/server/records/audit';
import { PersonName } from '@/lib/shared/owner/blocks';
import { accountFacts } from '../../_lib/account-facts';
import { requireOwnerPage } from '../../_lib/require-owner-page';

export const metadata: Metadata = { title: 'Audit trail' };

function Person({ person }: { person: string }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-4">
      <div className="min-w-0">
        <h2 className="break-all font-mono font-semibold text-xl">{person}</h2>
        <p className="text-ink-muted">
          One person’s entries, their calls among them.{' '}
          <Link href="/admin/audit" className="underline">
            Show everybody’s
          </Link>
        </p>
      </div>
      <BlockPerson who={person} />
    </div>
  );
}

/** For administrators: who did what. */
export default async function AuditPage({ searchParams }: PageProps<'/admin/audit'>) {
  const user = await requireOwnerPage('/admin/audit');
  const asked = await searchParams;
  const person = PersonName.safeParse(asked.person).data ?? null;
  const { entries, older } = await readAudit(person, readCursor(asked.before));
  const query = new URLSearchParams({ ...(person ? { person } : {}), before: older ?? '' });
  return (
    <ConsolePage sandbox={getEnv().sandbox} account={accountFacts(user)} path="/admin/audit">
      {person ? (
        <Person person={person} />
      ) : (
        <div>
          <h2 className="font-semibold text-xl">Audit trail</h2>
          <p className="text-ink-muted">
            Who did what in the last {AUDIT_KEEP_DAYS} days. People appear as a hash: follow one to see all of
            their entries.
          </p>
        </div>
      )}
      <AuditList entries={entries} person={person} />
      {older && (
        <Link href={`/admin/audit?${query}` as Route} className={buttonClass({ place: 'self-center' })}>
          Older
        </Link>
      )}
    </ConsolePage>
  );
}
