'use client';

import { AlertDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useFocusFallback } from '@/components/console/frame/use-focus-fallback';
import { type ButtonLook, buttonClass } from '@/components/ui/button-class';
import { Question } from '@/components/ui/question';

interface ActButtonProps {
  label: string;
  /** Where several buttons say the same: whom or what it is about. */
  about?: string;
  icon?: ReactNode;
  look?: ButtonLook;
  title: string;
  /** What will happen. */
  question: string;
  confirmLabel: string;
  /** What else the owner may say, inside the question. */
  children?: ReactNode;
  /** Returns `null` if it worked, and otherwise what went wrong. */
  act: (form: FormData) => Promise<string | null>;
}

/**
 * Does something for everybody on the site, after a question that has to be answered. Esc and Cancel do nothing. The focus
 * returns to the button; where the act takes that away, the heading of its section gets it.
 */
export function ActButton(props: ActButtonProps) {
  const { label, about, icon, look = 'outline', title, question, confirmLabel, children, act } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [isActing, setIsActing] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const fallback = useFocusFallback();

  const change = (open: boolean) => {
    if (isActing) return;
    setFailure(null);
    setIsOpen(open);
    if (open) fallback.dialogOpened();
  };
  const confirm = async (form: FormData) => {
    if (isActing) return;
    setIsActing(true);
    const problem = await act(form);
    setIsActing(false);
    setFailure(problem);
    if (problem === null) setIsOpen(false);
  };
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={change}>
      <AlertDialog.Trigger
        ref={fallback.ref}
        className={buttonClass({ look })}
        onFocus={fallback.buttonFocused}
      >
        {icon}
        {label}
        {about && <span className="sr-only"> {about}</span>}
      </AlertDialog.Trigger>
      <Question title={title} question={question}>
        <form
          className="mt-4 flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void confirm(new FormData(event.currentTarget));
          }}
        >
          {children}
          {failure && (
            <p role="alert" className="text-danger text-sm">
              {failure}
            </p>
          )}
          <div className="mt-2 flex flex-wrap justify-end gap-3">
            <AlertDialog.Cancel className={buttonClass({ look: 'quiet' })} disabled={isActing}>
              Cancel
            </AlertDialog.Cancel>
            <button
              type="submit"
              className={buttonClass({ look: 'danger', place: 'aria-disabled:opacity-55' })}
              aria-disabled={isActing}
            >
              {confirmLabel}
            </button>
          </div>
        </form>
      </Question>
    </AlertDialog.Root>
  );
}
