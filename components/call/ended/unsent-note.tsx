'use client';

import { useCallState } from '@/components/call/call-context';

/** What the user typed last, if nothing says that it arrived. */
export function UnsentNote() {
  const texts = useCallState((state) => state.unconfirmedTexts);
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
