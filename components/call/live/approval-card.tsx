'use client';

import { Hand } from 'lucide-react';
import { useCallContext } from '@/components/call/call-context';
import { APPROVAL_CARD_ID } from '@/components/call/use-action';
import { buttonClass } from '@/components/ui/button-class';
import { useSecondsUntil } from '@/components/ui/seconds-clock';
import type { ApprovalRequest } from '@/lib/client/state/call-state';

/**
 * Takes the focus, and gives it back when the card goes. A user who is typing keeps it: the next key would land in the wrong
 * place.
 */
function borrowFocus(card: HTMLElement | null) {
  const before = document.activeElement;
  const isTyping = before instanceof HTMLTextAreaElement && before.value !== '';
  if (!isTyping) card?.focus();
  return () => {
    if (card?.contains(document.activeElement) && before instanceof HTMLElement) before.focus();
  };
}

/**
 * Asks before the agent runs a tool that needs approval. The text comes from `lib/client/call/approvals.ts`: the tool's
 * title, and the lines of its `preview` or else its arguments.
 * The card takes the focus, not a button, so that Enter approves nothing by accident.
 */
export function ApprovalCard({ request }: { request: ApprovalRequest }) {
  const { answerApproval } = useCallContext().store.commands;
  const seconds = useSecondsUntil(request.expiresAtMs);
  const answer = (allow: boolean) => answerApproval(request.toolCallId, allow);
  return (
    <section
      ref={borrowFocus}
      id={APPROVAL_CARD_ID}
      tabIndex={-1}
      aria-labelledby="approval-title"
      className="max-h-[60dvh] animate-arrive overflow-y-auto rounded-lg border-2 border-accent bg-raised p-4 shadow-raised sm:p-5"
    >
      <div className="flex items-center gap-3">
        <Hand className="size-5 shrink-0 text-accent" aria-hidden />
        <h2 id="approval-title" className="font-semibold text-lg">
          {request.title}?
        </h2>
        <p role="timer" className="ms-auto whitespace-nowrap text-ink-muted text-sm tabular-nums">
          Declines in {seconds} s
        </p>
      </div>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {request.details.map(({ label, value }) => (
          <div key={label} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-muted">{label}</dt>
            <dd dir="auto" className="font-medium first-letter:uppercase">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 flex flex-wrap gap-2">
        <button
          type="button"
          className={buttonClass({ look: 'primary', place: 'grow' })}
          onClick={() => answer(true)}
        >
          Allow
        </button>
        <button type="button" className={buttonClass({ place: 'grow' })} onClick={() => answer(false)}>
          Don’t allow
        </button>
      </div>
    </section>
  );
}
