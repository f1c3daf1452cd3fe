import { AgentMessage } from '@/components/call/transcript/agent-message';
import { ToolFrame } from '@/components/call/transcript/tool-frame';
import { SETTLED_WORDS } from '@/components/call/transcript/tool-words';
import { GuardrailMark, HandoffMark, NoteMark } from '@/components/call/transcript/transcript-marks';
import { UserMessage } from '@/components/call/transcript/user-message';
import type { KeptEntry } from '@/lib/shared/kept-transcript';

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
      return <ToolFrame {...entry} status={SETTLED_WORDS[entry.state]} />;
    case 'handoff':
      return <HandoffMark from={entry.from} to={entry.to} />;
    case 'guardrail':
      return <GuardrailMark text={entry.text} />;
    case 'note':
      return <NoteMark text={entry.text} />;
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
