import { clsx } from 'clsx';
import { Ban, CircleCheck, CircleX } from 'lucide-react';
import { AgentMessage } from '@/components/call/agent-message';
import { GuardrailMark, HandoffMark } from '@/components/call/record-marks';
import { UserMessage } from '@/components/call/user-message';
import type { KeptEntry } from '@/lib/shared/transcript';

const TOOL_MARKS = {
  done: { Icon: CircleCheck, tone: 'text-accent', words: 'Done' },
  failed: { Icon: CircleX, tone: 'text-danger', words: 'Did not work' },
  denied: { Icon: Ban, tone: 'text-ink-muted', words: 'Not allowed' },
} as const;

function KeptTool({ entry }: { entry: Extract<KeptEntry, { kind: 'tool' }> }) {
  const { Icon, tone, words } = TOOL_MARKS[entry.state];
  return (
    <article
      aria-label={`Tool: ${entry.title}`}
      className="rounded-md border border-line bg-raised px-4 py-3 text-sm"
    >
      <div className="flex items-center gap-3">
        <Icon className={clsx('size-5 shrink-0', tone)} aria-hidden />
        <p className="font-semibold">{entry.title}</p>
        <p className="ms-auto whitespace-nowrap text-ink-muted text-xs">{words}</p>
      </div>
      {entry.outcome && <p className="mt-2 text-ink-muted">{entry.outcome}</p>}
    </article>
  );
}

function Line({ entry, id }: { entry: KeptEntry; id: string }) {
  switch (entry.kind) {
    case 'user':
      return <UserMessage entry={{ ...entry, id, state: entry.text ? 'done' : 'failed' }} />;
    case 'agent': {
      const state = entry.interrupted ? 'interrupted' : 'done';
      const whole = { ...entry, id, state, spokenChars: entry.text.length } as const;
      return <AgentMessage entry={whole} agent={entry.speaker} />;
    }
    case 'tool':
      return <KeptTool entry={entry} />;
    case 'handoff':
      return <HandoffMark from={entry.from} to={entry.to} />;
    case 'guardrail':
      return <GuardrailMark text={entry.text} />;
    case 'note':
      return <p className="py-1 text-center text-ink-muted text-xs">{entry.text}</p>;
  }
}

/** A conversation that was kept, to read. */
export function KeptTranscript({ entries }: { entries: readonly KeptEntry[] }) {
  const lines = entries.map((entry, index) => ({ entry, id: `line-${index}` }));
  return (
    <ol className="flex flex-col gap-4">
      {lines.map(({ entry, id }) => (
        <li key={id}>
          <Line entry={entry} id={id} />
        </li>
      ))}
    </ol>
  );
}
