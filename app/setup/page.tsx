import { ArrowUpRight } from 'lucide-react';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { site } from '@/business/site';
import { Doctor } from '@/components/doctor/doctor';
import { HomeLink } from '@/components/header/home-link';
import { PlainPage } from '@/components/plain-page';
import { Panel } from '@/components/ui/panel';
import { mayReadCauses, mayReadSetup } from '@/lib/server/auth/owner';
import { getPageUser } from '@/lib/server/auth/require-user';
import { getEnv } from '@/lib/server/platform/env';
import { problemSentence } from '@/lib/server/platform/setup/problem-sentences';
import { recentStoreProblem } from '@/lib/server/store/check-store';
import { type SetupStep, setupSteps } from './setup-steps';

export const metadata: Metadata = { title: 'Setup' };

/** Returns what is wrong with the database. Asked at most once a minute, because anyone may open this page. */
async function storeNotes(): Promise<string[]> {
  const { redis } = getEnv();
  const problem = redis === null ? null : await recentStoreProblem();
  return problem === null ? [] : [problemSentence(problem)];
}

/**
 * For the deployer: the names of missing variables, never a value, and what a setting means that one might read otherwise.
 * The owner may have everything checked instead.
 */
export default async function SetupPage() {
  await connection();
  const { missing, sandbox, notes: settings } = getEnv();
  const role = (await getPageUser())?.role ?? 'guest';
  if (!mayReadSetup(role)) redirect('/');
  const steps = setupSteps(missing);
  const owner = mayReadCauses(role);
  const notes = owner ? [] : [...(await storeNotes()), ...settings];
  return (
    <PlainPage sandbox={sandbox} home={<HomeLink />}>
      <div className="w-full max-w-2xl">
        {steps.length > 0 ? (
          <Steps steps={steps} />
        ) : (
          <h1 className="mb-6 font-semibold text-2xl sm:text-3xl">Setup</h1>
        )}
        {notes.length > 0 && <Notes notes={notes} />}
        {owner && (
          <Panel>
            <Doctor />
          </Panel>
        )}
      </div>
    </PlainPage>
  );
}

function Steps({ steps }: { steps: readonly SetupStep[] }) {
  return (
    <section className="mb-10">
      <h1 className="font-semibold text-2xl sm:text-3xl">Almost there.</h1>
      <p className="mt-2 max-w-lg text-ink-muted">
        This copy of {site.name} is running but can’t take calls yet. Set these variables where you host it,
        then deploy again. Their values are never shown here.
      </p>
      <ol className="mt-8 flex flex-col gap-4">
        {steps.map((step, index) => (
          <li key={step.title}>
            <Step step={step} number={index + 1} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <section>
      <h2 className="font-semibold text-xl">Good to know</h2>
      <ul className="mt-4 flex flex-col gap-3">
        {notes.map((note) => (
          <li key={note}>
            <Panel className="text-sm">{note}</Panel>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Step({ step, number }: { step: SetupStep; number: number }) {
  return (
    <Panel className="flex gap-4">
      <span
        aria-hidden
        className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent text-sm"
      >
        {number}
      </span>
      <div className="min-w-0">
        <h2 className="font-semibold text-lg">{step.title}</h2>
        <p className="mt-1 text-ink-muted">{step.how}</p>
        <ul className="mt-3 flex flex-wrap gap-2">
          {step.variables.map((name) => (
            <li key={name}>
              <code className="rounded-sm bg-sunken px-2 py-1 text-sm">{name}</code>
            </li>
          ))}
        </ul>
        {step.command && (
          <pre className="mt-3 overflow-x-auto rounded-sm bg-sunken px-3 py-2 text-sm">{step.command}</pre>
        )}
        {step.link && (
          <a
            href={step.link.href}
            rel="noreferrer"
            target="_blank"
            className="mt-2 inline-flex min-h-11 items-center gap-1 font-medium text-accent text-sm underline underline-offset-4"
          >
            {step.link.label}
            <ArrowUpRight className="size-4 rtl:-scale-x-100" aria-hidden />
            <span className="sr-only"> (opens in a new tab)</span>
          </a>
        )}
      </div>
    </Panel>
  );
}
