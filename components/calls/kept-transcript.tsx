import { TranscriptItem } from '@/components/call/transcript/transcript-item';
import type { KeptEntry } from '@/lib/shared/kept-transcript';

/** A conversation that was kept, to read. `agent` is the name of the agent that opened the call. */
export function KeptTranscript({ entries, agent }: { entries: readonly KeptEntry[]; agent: string }) {
  const items = entries.map((entry, index) => ({ entry, id: `entry-${index}` }));
  return (
    <ol className="flex flex-col gap-4">
      {items.map(({ entry, id }) => (
        <li key={id}>
          <TranscriptItem entry={entry} agent={agent} />
        </li>
      ))}
    </ol>
  );
}
