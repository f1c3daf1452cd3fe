'use client';

import { useCallState } from '@/components/call/call-context';

/** What the user typed and the next connection is to send. Renders nothing when there is nothing. */
export function WaitingTexts() {
  const texts = useCallState((state) => state.unsentTexts);
  if (texts.length === 0) return null;
  return (
    <p className="ms-auto mt-4 w-fit max-w-[85%] rounded-lg rounded-ee-sm border border-line-strong border-dashed px-4 py-2 text-ink-muted">
      <span className="sr-only">You typed: </span>
      <span dir="auto" className="block whitespace-pre-wrap">
        {texts.join('\n')}
      </span>
      <span className="block text-xs">Waiting for the connection</span>
    </p>
  );
}
