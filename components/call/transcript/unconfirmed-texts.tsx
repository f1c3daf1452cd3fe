'use client';

import { clsx } from 'clsx';
import { useCallState } from '@/components/call/call-context';

/** What the user typed and the conversation has not got yet. Renders nothing when there is nothing. */
export function UnconfirmedTexts() {
  const texts = useCallState((state) => state.unconfirmedTexts);
  const isWaiting = useCallState(({ phase }) => phase.name === 'live' && phase.call.link === 'reconnecting');
  if (texts.length === 0) return null;
  return (
    <p
      className={clsx(
        'ms-auto mt-4 w-fit max-w-[85%] rounded-lg rounded-ee-sm border px-4 py-2 text-ink-muted',
        // With a connection it is a message as any other, only paler: it is confirmed in a moment.
        isWaiting ? 'border-line-strong border-dashed' : 'border-transparent bg-accent-soft',
      )}
    >
      <span className="sr-only">You typed: </span>
      <span dir="auto" className="block whitespace-pre-wrap">
        {texts.join('\n')}
      </span>
      {isWaiting && <span className="block text-xs">Waiting for the connection</span>}
    </p>
  );
}
