'use client';

import { useCallState } from '@/components/call/call-context';

function Quoted({ label, texts }: { label: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div className="mt-2 text-ink-muted">
      <p>{label}</p>
      <blockquote dir="auto" className="mt-1 whitespace-pre-wrap border-line border-s-2 ps-3">
        {texts.join('\n')}
      </blockquote>
    </div>
  );
}

/** What the user sent last, if nothing says that it arrived, and what they were typing when the call ended. */
export function UnsentNote({ draft }: { draft: string }) {
  const unconfirmed = useCallState((state) => state.unconfirmedTexts);
  const typed = draft.trim();
  return (
    <>
      <Quoted label="What you sent last may not have got through:" texts={unconfirmed} />
      <Quoted label="You hadn’t sent this yet:" texts={typed === '' ? [] : [typed]} />
    </>
  );
}
