'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';

interface SignInButtonsProps {
  options: readonly { id: string; label: string }[];
  /** A path of this site. */
  returnTo: string;
}

/** Starts a sign-in, and leaves the page. Throws when the server refuses or cannot be reached. */
async function leaveToSignIn(id: string, returnTo: string): Promise<void> {
  // For guests alone this returns. Otherwise next-auth would go to `returnTo` after a refusal too.
  const result = await signIn(id, { callbackUrl: returnTo, redirect: false });
  if (!result) return;
  const failed = new URLSearchParams({ error: result.error ?? '', callbackUrl: returnTo });
  window.location.assign(result.error ? `/login?${failed}` : returnTo);
}

/** One button for each way to sign in. Success leaves the page, so it needs no state. */
export function SignInButtons({ options, returnTo }: SignInButtonsProps) {
  const [pendingId, setPendingId] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);

  const begin = async (id: string) => {
    setPendingId(id);
    setFailed(false);
    try {
      await leaveToSignIn(id, returnTo);
    } catch {
      setFailed(true);
      setPendingId(null);
    }
  };

  return (
    <div className="flex flex-col gap-3">
      {options.map(({ id, label }, index) => (
        <button
          key={id}
          type="button"
          disabled={pendingId !== null}
          aria-busy={pendingId === id}
          onClick={() => begin(id)}
          className={buttonClass({ look: index === 0 ? 'primary' : 'outline', place: 'w-full' })}
        >
          {pendingId === id ? 'One moment…' : label}
        </button>
      ))}
      <p role="alert" className="text-danger text-sm empty:hidden">
        {failed && 'That didn’t work. Check your connection, or wait a little and try again.'}
      </p>
    </div>
  );
}
