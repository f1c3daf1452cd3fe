'use client';

import { clsx } from 'clsx';
import { Ban, CircleCheck, CircleX, Hand, LoaderCircle } from 'lucide-react';
import { type ToolEntry, toolOutcomeText, toolPlaceText, toolStatusText } from '@/components/call/tool-words';
import { useSecondsClock } from '@/components/ui/seconds-clock';

const MARKS: Record<ToolEntry['state'], { Icon: typeof Ban; tone: string }> = {
  waiting_for_approval: { Icon: Hand, tone: 'text-warn' },
  running: { Icon: LoaderCircle, tone: 'text-accent motion-safe:animate-spin' },
  done: { Icon: CircleCheck, tone: 'text-accent' },
  failed: { Icon: CircleX, tone: 'text-danger' },
  denied: { Icon: Ban, tone: 'text-ink-muted' },
};

/** What was asked and answered, as the machines saw it. */
function RawDetails({ entry }: { entry: ToolEntry }) {
  return (
    <details className="ms-auto -me-2 text-end">
      <summary className="-my-3 inline-flex min-h-11 list-none items-center rounded-full px-2 underline decoration-line-strong underline-offset-4 hover:text-ink">
        Details
      </summary>
      <pre className="mt-3 max-h-64 overflow-auto rounded-sm bg-sunken p-3 text-start text-ink text-xs">
        {JSON.stringify({ tool: entry.name, arguments: entry.arguments, reply: entry.reply }, null, 2)}
      </pre>
    </details>
  );
}

/** One use of a tool: what it is, where it stands, what came of it. */
export function ToolCard({ entry }: { entry: ToolEntry }) {
  const now = useSecondsClock(entry.state === 'running');
  const { Icon, tone } = MARKS[entry.state];
  const outcome = toolOutcomeText(entry);
  return (
    <article
      aria-label={`Tool: ${entry.title}`}
      className="rounded-md border border-line bg-raised px-4 py-3 text-sm"
    >
      <div className="flex items-center gap-3">
        <Icon className={clsx('size-5 shrink-0', tone)} aria-hidden />
        <p className="font-semibold">{entry.title}</p>
        <p className="ms-auto whitespace-nowrap text-ink-muted text-xs tabular-nums">
          {toolStatusText(entry, now)}
        </p>
      </div>
      {outcome && <p className="mt-2 text-ink-muted">{outcome}</p>}
      <div className="mt-2 flex flex-wrap items-center gap-x-2 text-ink-muted text-xs">
        <p className="tabular-nums">{toolPlaceText(entry)}</p>
        <RawDetails entry={entry} />
      </div>
    </article>
  );
}
