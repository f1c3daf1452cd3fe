import { clsx } from 'clsx';
import { Ban, CircleCheck, CircleX, Hand, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ToolEntry } from '@/components/call/transcript/tool-words';

const MARKS: Record<ToolEntry['state'], { Icon: typeof Ban; tone: string }> = {
  waiting_for_approval: { Icon: Hand, tone: 'text-warn' },
  running: { Icon: LoaderCircle, tone: 'text-accent motion-safe:animate-spin' },
  done: { Icon: CircleCheck, tone: 'text-accent' },
  failed: { Icon: CircleX, tone: 'text-danger' },
  denied: { Icon: Ban, tone: 'text-ink-muted' },
};

interface ToolFrameProps {
  title: string;
  state: ToolEntry['state'];
  /** Its state, in two or three words. */
  status: string;
  /** The outcome, in a sentence; may be empty. */
  outcome: string;
  children?: ReactNode;
}

/** One run of a tool in a transcript, running or kept. */
export function ToolFrame({ title, state, status, outcome, children }: ToolFrameProps) {
  const { Icon, tone } = MARKS[state];
  return (
    <article
      aria-label={`Tool: ${title}`}
      className="rounded-md border border-line bg-raised px-4 py-3 text-sm"
    >
      <div className="flex items-center gap-3">
        <Icon className={clsx('size-5 shrink-0', tone)} aria-hidden />
        <p className="font-semibold">{title}</p>
        <p className="ms-auto whitespace-nowrap text-ink-muted text-xs tabular-nums">{status}</p>
      </div>
      {outcome && <p className="mt-2 text-ink-muted">{outcome}</p>}
      {children}
    </article>
  );
}
