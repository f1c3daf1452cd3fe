'use client';

import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { requestSignIn } from './request-sign-in';

interface SignInButtonsProps {
  options: readonly { id: string; label: string }[];
  /** A path of this site. */
  returnTo: string;
}

const UNREACHABLE = 'We couldn’t reach the server. Check your connection and try again.';

/** One button for each way to sign in. Success leaves the page, so it needs no state. */
export function SignInButtons({ options, returnTo }: SignInButtonsProps) {
  const [pendingId, setPendingId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const begin = async (id: string) => {
    setPendingId(id);
    setProblem(null);
    const outcome = await requestSignIn(id, returnTo).catch(() => ({ refusal: UNREACHABLE }));
    if ('url' in outcome) return window.location.assign(outcome.url);
    setProblem(outcome.refusal);
    setPendingId(null);
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
        {problem}
      </p>
    </div>
  );
}
