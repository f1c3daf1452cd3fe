'use client';

import { useActionState } from 'react';
import { useFormStatus } from 'react-dom';
import { buttonClass } from '@/components/ui/button-class';
import { requestSignIn } from './request-sign-in';

interface SignInButtonsProps {
  options: readonly { id: string; label: string }[];
  /** A path of this site. */
  returnTo: string;
}

const UNREACHABLE = 'We couldn’t reach the server. Check your connection and try again.';

function SignInButton({ id, label, isFirst }: { id: string; label: string; isFirst: boolean }) {
  const { pending, data } = useFormStatus();
  const isChosen = pending && data.get('id') === id;
  return (
    <button
      type="submit"
      name="id"
      value={id}
      // Not `disabled`, which would take the focus away.
      aria-disabled={pending}
      aria-busy={isChosen}
      onClick={(event) => pending && event.preventDefault()}
      className={buttonClass({
        look: isFirst ? 'primary' : 'outline',
        place: 'w-full aria-disabled:opacity-55',
      })}
    >
      {isChosen ? 'One moment…' : label}
    </button>
  );
}

/**
 * One button for each way to sign in. Success leaves the page, so it needs no state. In a form, because React keeps a
 * submission that comes before the page's code.
 */
export function SignInButtons({ options, returnTo }: SignInButtonsProps) {
  const [problem, signIn] = useActionState(async (_: string | null, form: FormData) => {
    const id = String(form.get('id'));
    const outcome = await requestSignIn(id, returnTo).catch(() => ({ refusal: UNREACHABLE }));
    if ('refusal' in outcome) return outcome.refusal;
    window.location.assign(outcome.url);
    return null;
  }, null);

  return (
    <form action={signIn} className="flex flex-col gap-3">
      {options.map(({ id, label }, index) => (
        <SignInButton key={id} id={id} label={label} isFirst={index === 0} />
      ))}
      <p role="alert" className="text-danger text-sm empty:hidden">
        {problem}
      </p>
    </form>
  );
}
