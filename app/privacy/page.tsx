import type { Metadata } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { storedInWords } from '@/business/personal-data';
import { HomeLink } from '@/components/header/home-link';
import { PlainPage } from '@/components/plain-page';
import { Panel } from '@/components/ui/panel';
import { getEnv } from '@/lib/server/platform/env';
import { privacyFacts } from './privacy-facts';

export const metadata: Metadata = { title: 'Privacy' };

/** For everyone, signed in or not: who hears, what is kept, and for how long. */
export default async function PrivacyPage() {
  await connection();
  const env = getEnv();
  return (
    <PlainPage sandbox={env.sandbox} home={<HomeLink />}>
      <Panel className="flex w-full max-w-2xl flex-col gap-6">
        <h1 className="font-semibold text-2xl">Privacy</h1>
        {privacyFacts(env, storedInWords).map(({ heading, paragraphs }) => (
          <section key={heading} aria-label={heading} className="flex flex-col gap-2">
            <h2 className="font-semibold text-lg">{heading}</h2>
            {paragraphs.map((paragraph) => (
              <p key={paragraph} className="text-ink-muted">
                {paragraph}
              </p>
            ))}
          </section>
        ))}
        <p>
          <Link href="/account" className="font-medium text-accent underline underline-offset-4">
            See or delete what’s stored about you
          </Link>
        </p>
      </Panel>
    </PlainPage>
  );
}
