import { ArrowLeft } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { endSentence } from '@/components/call/copy/end-copy';
import { DeleteTranscript } from '@/components/calls/delete-transcript';
import { KeptTranscript } from '@/components/calls/kept-transcript';
import { Moment } from '@/components/calls/moment';
import { estimateNote, estimateText } from '@/components/money-words';
import { SignedInPage } from '@/components/signed-in-page';
import { lengthText } from '@/components/time-words';
import { Panel } from '@/components/ui/panel';
import { agentTitle } from '@/lib/server/agents/lookup';
import { getPageUser } from '@/lib/server/auth/require-user';
import { getEnv } from '@/lib/server/platform/env';
import { findPastCall, type PastCall } from '@/lib/server/records/call-history';
import { readTranscript } from '@/lib/server/records/kept-transcripts';
import { CallId } from '@/lib/shared/ids';
import { accountFacts } from '../../_lib/account-facts';

export const metadata: Metadata = { title: 'Call details' };

function Facts({ call }: { call: PastCall }) {
  const facts = [
    { label: 'When', value: <Moment ms={call.startedAtMs} /> },
    { label: 'Duration', value: lengthText(call.seconds) },
    { label: 'Estimated cost', value: estimateText(call.estimateMicroUsd) },
    { label: 'Changes', value: call.done.length > 0 ? call.done.join(', ') : 'None' },
  ];
  return (
    <dl className="mt-4 grid gap-x-8 gap-y-3 sm:grid-cols-2">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt className="text-ink-muted text-sm">{label}</dt>
          <dd className="font-medium first-letter:uppercase">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export default async function PastCallPage({ params }: PageProps<'/calls/[callId]'>) {
  const callId = CallId.safeParse((await params).callId).data;
  const user = await getPageUser();
  if (!user) redirect('/login?callbackUrl=%2Fcalls');
  if (!callId) notFound();
  const [call, entries] = await Promise.all([findPastCall(user.id, callId), readTranscript(user.id, callId)]);
  if (!call) notFound();
  const { sandbox } = getEnv();
  const agent = agentTitle(call.agent);
  return (
    <SignedInPage sandbox={sandbox} account={accountFacts(user)}>
      <Link href="/calls" className="inline-flex min-h-11 items-center gap-2 self-start text-sm">
        <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden />
        Your calls
      </Link>
      <Panel>
        <h1 className="font-semibold text-xl">Call with {agent}</h1>
        <p className="mt-1 text-ink-muted">{endSentence(call.reason)}</p>
        <Facts call={call} />
        <p className="mt-3 text-ink-muted text-xs">{estimateNote(sandbox)}</p>
      </Panel>
      <section aria-labelledby="transcript-title">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
          <h2 id="transcript-title" tabIndex={-1} className="font-semibold text-lg">
            What was said
          </h2>
          {entries && <DeleteTranscript callId={callId} headingId="transcript-title" />}
        </div>
        {entries ? (
          <KeptTranscript entries={entries} agent={agent} />
        ) : (
          <p className="rounded-md border border-line-strong border-dashed px-6 py-8 text-center text-ink-muted">
            This conversation isn’t kept. To keep one, tick “Keep this conversation” right after the call.
          </p>
        )}
      </section>
    </SignedInPage>
  );
}
