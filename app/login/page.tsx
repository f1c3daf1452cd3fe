import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { site } from '@/business/site';
import { StageBackdrop } from '@/components/call/stage/stage-backdrop';
import { HomeLink } from '@/components/header/home-link';
import { SiteHeader } from '@/components/header/site-header';
import { Wordmark } from '@/components/header/wordmark';
import { SkipLink } from '@/components/skip-link';
import { buttonClass } from '@/components/ui/button-class';
import { Panel } from '@/components/ui/panel';
import { signInOptions } from '@/lib/server/auth/providers/list';
import { getPageUser, isTurnedAway } from '@/lib/server/auth/require-user';
import { getEnv } from '@/lib/server/platform/env';
import { callSetting } from '../_lib/call-setting';
import { returnPath } from './return-path';
import { SignInButtons } from './sign-in-buttons';
import { signInError } from './sign-in-error';

export const metadata: Metadata = { title: 'Sign in', description: site.tagline };

/** Sign-in, in front of the Talk stage: the visitor sees what they sign in for. */
export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { callbackUrl, error } = await searchParams;
  const returnTo = returnPath(callbackUrl);
  const user = await getPageUser();
  const options = signInOptions();
  const problem = signInError(!user && (await isTurnedAway()) ? 'AccessDenied' : error);
  const { sandbox, voice } = getEnv();
  const role = options.some(({ id }) => id === 'guest') ? 'guest' : 'user';
  return (
    <div className="shell">
      <SkipLink to="sign-in" />
      <SiteHeader sandbox={sandbox} home={user ? <HomeLink /> : <Wordmark className="min-h-11" />} />
      <main id="main" tabIndex={-1} className="relative flex flex-col outline-none">
        <StageBackdrop setting={callSetting(role, voice.allowanceSeconds[role])} />
        <div className="relative flex grow items-end justify-center bg-linear-to-t from-45% from-surface to-surface/15 px-4 py-8 sm:pb-[9dvh] short:items-center">
          <Panel className="w-full max-w-sm p-8">
            <h1 className="font-semibold text-2xl">Sign in to talk</h1>
            <p className="mt-2 text-ink-muted">{site.signInReason}</p>
            {problem && (
              <p role="alert" className="mt-4 rounded-md bg-danger-soft px-4 py-3 text-danger text-sm">
                {problem}
              </p>
            )}
            <div className="mt-6">
              {options.length > 0 ? <SignInButtons options={options} returnTo={returnTo} /> : <NoWayIn />}
            </div>
            {user && (
              <p className="mt-4 border-line border-t pt-4 text-ink-muted text-sm">
                You’re signed in as {user.name}.{' '}
                <Link
                  href={returnTo as Route}
                  className="font-medium text-accent underline underline-offset-4"
                >
                  Continue as {user.name}
                </Link>
              </p>
            )}
            <p className="mt-4 text-ink-muted text-sm">
              <Link href="/privacy" className="underline underline-offset-4">
                Who hears you, and what is kept
              </Link>
            </p>
          </Panel>
        </div>
      </main>
    </div>
  );
}

function NoWayIn() {
  return (
    <>
      <p className="text-sm">
        Sign-in isn’t set up yet. Set <code>AUTH_SECRET</code>, and then <code>AUTH_GITHUB_ID</code> with{' '}
        <code>AUTH_GITHUB_SECRET</code>, <code>AUTH_GOOGLE_ID</code> with <code>AUTH_GOOGLE_SECRET</code>,
        your company’s own with <code>AUTH_OIDC_ISSUER</code>, or <code>AUTH_GUEST=true</code>.
      </p>
      <Link href="/setup" className={buttonClass({ look: 'primary', place: 'mt-4 w-full' })}>
        See what’s missing
      </Link>
    </>
  );
}
