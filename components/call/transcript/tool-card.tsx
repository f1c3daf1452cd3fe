'use client';

import { ToolFrame } from '@/components/call/transcript/tool-frame';
import {
  type ToolEntry,
  toolOutcomeText,
  toolPlaceText,
  toolStatusText,
} from '@/components/call/transcript/tool-words';
import { useSecondsClock } from '@/components/ui/seconds-clock';

/** The raw arguments and reply of a tool. */
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

/** One run of a tool in a call: its title, state and outcome, with the raw data on demand. */
export function ToolCard({ entry }: { entry: ToolEntry }) {
  const now = useSecondsClock(entry.state === 'running');
  return (
    <ToolFrame
      title={entry.title}
      state={entry.state}
      status={toolStatusText(entry, now)}
      outcome={toolOutcomeText(entry)}
    >
      <div className="mt-2 flex flex-wrap items-center gap-x-2 text-ink-muted text-xs">
        <p className="tabular-nums">{toolPlaceText(entry)}</p>
        <RawDetails entry={entry} />
      </div>
    </ToolFrame>
  );
}
