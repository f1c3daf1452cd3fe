import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { storedInWords } from '@/business/personal-data';
import { DeleteEverything } from '@/components/account/delete-everything';
import { ExportData } from '@/components/account/export-data';
import { SignedInPage } from '@/components/signed-in-page';
import { Panel } from '@/components/ui/panel';
import { getPageUser } from '@/lib/server/auth/require-user';
import { getEnv } from '@/lib/server/platform/env';
import { AUDIT_KEEP_DAYS } from '@/lib/server/records/audit';
import { HISTORY_KEEP_DAYS } from '@/lib/shared/kept-transcript';
import { accountFacts } from '../_lib/account-facts';
import { providerName } from '../_lib/provider-name';

export const metadata: Metadata = { title: 'Your account' };

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Panel className="flex flex-col gap-4">
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        {children}
      </Panel>
    </section>
  );
}

function Remains({ sandbox, provider }: { sandbox: boolean; provider: string }) {
  return (
    <div className="flex flex-col gap-2 text-ink-muted text-sm">
      <p>
        What remains: the minutes you used today, for three days, so that nobody gains new ones this way;
        their cost in this site’s totals, without your name; and a security log that knows you by a code only,
        for {AUDIT_KEEP_DAYS} days.
      </p>
      {!sandbox && (
        <p>
          Your voice went to {provider} during a call. What {provider} keeps can’t be deleted from here.{' '}
          <Link href="/privacy" className="underline underline-offset-4">
            Privacy
          </Link>
        </p>
      )}
    </div>
  );
}

export default async function AccountPage() {
  const user = await getPageUser();
  if (!user) redirect('/login?callbackUrl=%2Faccount');
  const { sandbox, openai } = getEnv();
  const account = accountFacts(user);
  return (
    <SignedInPage sandbox={sandbox} account={account}>
      <div>
        <h1 className="font-semibold text-2xl">Your account</h1>
        <p className="mt-1 text-ink-muted">
          {account.name} · {account.detail}
        </p>
      </div>
      <Section id="export-title" title="See what’s stored">
        <p>
          This site stores your calls (when, how long, how they ended) for {HISTORY_KEEP_DAYS[user.role]}{' '}
          days, the conversations you chose to keep for as long, {storedInWords}, and how many minutes you
          used today. Download all of it as a JSON file.
        </p>
        <ExportData />
      </Section>
      <Section id="delete-title" title="Delete everything">
        <p>Deletes your calls, your kept conversations and {storedInWords}. This can’t be undone.</p>
        <Remains sandbox={sandbox} provider={providerName(openai.baseUrl)} />
        <div>
          <DeleteEverything />
        </div>
      </Section>
    </SignedInPage>
  );
}
