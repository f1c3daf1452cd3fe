'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';

interface SignInButtonsProps {
  options: readonly { id: string; label: string }[];
  /** A path of this site. */
  returnTo: string;
}

/** One button for each way to sign in. Success leaves the page, so it needs no state. */
export function SignInButtons({ options, returnTo }: SignInButtonsProps) {
  const [pendingId, setPendingId] = useState<string | null>(null);
  const [unreachable, setUnreachable] = useState(false);

  const begin = async (id: string) => {
    setPendingId(id);
    setUnreachable(false);
    try {
      await signIn(id, { callbackUrl: returnTo });
    } catch {
      setUnreachable(true);
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
        {unreachable && 'We couldn’t reach the server. Check your connection and try again.'}
      </p>
    </div>
  );
}
