import { splitSpoken } from '@/components/call/transcript/split-spoken';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

type AgentEntry = Omit<Extract<TranscriptEntry, { kind: 'agent' }>, 'speaker'>;

/** What the agent says. Words not yet heard are paler; words that were cut off stay so and are marked. */
export function AgentMessage({ entry, agent }: { entry: AgentEntry; agent: string }) {
  const heard = entry.state === 'done' ? entry.text.length : entry.spokenChars;
  const { spoken, unspoken } = splitSpoken(entry.text, heard);
  return (
    <div className="max-w-[92%]">
      <p className="font-medium text-accent text-xs">{agent}</p>
      <p className="mt-0.5 whitespace-pre-wrap">
        {spoken}
        {unspoken && <span className="text-ink-faint">{unspoken}</span>}
        {entry.text === '' && <span className="animate-wait text-ink-faint">…</span>}
        {entry.state === 'interrupted' && ' '}
        {entry.state === 'interrupted' && (
          <span className="whitespace-nowrap rounded-full border border-line px-2 py-0.5 text-ink-muted text-xs">
            interrupted
          </span>
        )}
      </p>
    </div>
  );
}
