import { Mic } from 'lucide-react';
import Link from 'next/link';
import type { Action } from '@/components/call/copy/phase-copy';
import { useAction } from '@/components/call/use-action';
import { type ButtonLook, buttonClass } from '@/components/ui/button-class';

interface ActionButtonProps {
  action: Action;
  look?: ButtonLook;
  disabled?: boolean;
}

/** A state's action as a button, or as a link where it leads to another page. */
export function ActionButton({ action, look = 'primary', disabled }: ActionButtonProps) {
  const run = useAction();
  if (action.kind === 'sign_in') {
    return (
      <Link href="/login?callbackUrl=%2F" className={buttonClass({ look })}>
        {action.label}
      </Link>
    );
  }
  if (action.kind === 'see_setup') {
    return (
      <Link href="/setup" className={buttonClass({ look })}>
        {action.label}
      </Link>
    );
  }
  return (
    <button
      type="button"
      className={buttonClass({ look })}
      disabled={disabled}
      onClick={() => run(action.kind)}
    >
      {action.kind === 'talk' && <Mic className="size-5" aria-hidden />}
      {action.label}
    </button>
  );
}
