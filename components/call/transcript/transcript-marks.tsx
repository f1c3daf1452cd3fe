import { ArrowRightLeft, ShieldCheck } from 'lucide-react';

/** In the transcript: from here on another agent is in the call. */
export function HandoffMark({ from, to }: { from: string; to: string }) {
  return (
    <p className="flex items-center gap-3 text-sm before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
      <ArrowRightLeft className="size-4 shrink-0 text-accent rtl:-scale-x-100" aria-hidden />
      <span>
        {from} handed over to <span className="font-semibold">{to}</span>
      </span>
    </p>
  );
}

/** In the transcript: the agent was stopped, and by which rule. */
export function GuardrailMark({ text }: { text: string }) {
  return (
    <div className="flex gap-3 rounded-md bg-warn-soft px-4 py-3 text-sm">
      <ShieldCheck className="size-5 shrink-0 text-warn" aria-hidden />
      <p>
        <span className="font-semibold text-warn">Stopped by a rule. </span>
        {text}
      </p>
    </div>
  );
}

/** In the transcript: something about the call itself. */
export function NoteMark({ text }: { text: string }) {
  return <p className="py-1 text-center text-ink-muted text-xs">{text}</p>;
}
