'use client';

import { useCallState } from '@/components/call/call-context';

/** What the user typed last, if nothing says that it arrived, and what they were typing when the call ended. */
export function UnsentNote({ draft }: { draft: string }) {
  const unconfirmed = useCallState((state) => state.unconfirmedTexts);
  const texts = [...unconfirmed, draft.trim()].filter((text) => text !== '');
  if (texts.length === 0) return null;
  return (
    <div className="mt-2 text-ink-muted">
      <p>What you typed last may not have got through:</p>
      <blockquote dir="auto" className="mt-1 whitespace-pre-wrap border-line border-s-2 ps-3">
        {texts.join('\n')}
      </blockquote>
    </div>
  );
}
