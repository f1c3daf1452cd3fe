import { splitSpoken } from '@/components/call/transcript/split-spoken';
import type { TranscriptEntry } from '@/lib/client/state/call-state';
import type { KeptEntry } from '@/lib/shared/kept-transcript';

type AgentEntry = Extract<TranscriptEntry | KeptEntry, { kind: 'agent' }>;

/** A kept entry holds only the words that were heard. */
function readSpoken(entry: AgentEntry): { spoken: string; unspoken: string; interrupted: boolean } {
  if ('interrupted' in entry) return { spoken: entry.text, unspoken: '', interrupted: entry.interrupted };
  const heardChars = entry.state === 'done' ? entry.text.length : entry.spokenChars;
  return { ...splitSpoken(entry.text, heardChars), interrupted: entry.state === 'interrupted' };
}

interface AgentMessageProps {
  entry: AgentEntry;
  agent: string;
  lang: string | undefined;
}

/** What the agent says. Words not yet heard are paler. Words that were cut off stay pale and are marked. */
export function AgentMessage({ entry, agent, lang }: AgentMessageProps) {
  const { spoken, unspoken, interrupted } = readSpoken(entry);
  return (
    <div className="max-w-[92%]">
      <p className="font-medium text-accent text-xs">{agent}</p>
      <p dir="auto" className="mt-0.5 whitespace-pre-wrap">
        <span lang={lang}>
          {spoken}
          {unspoken && <span className="text-ink-faint">{unspoken}</span>}
        </span>
        {entry.text === '' && <span className="animate-wait text-ink-faint">…</span>}
        {interrupted && ' '}
        {interrupted && (
          <span className="whitespace-nowrap rounded-full border border-line px-2 py-0.5 text-ink-muted text-xs">
            interrupted
          </span>
        )}
      </p>
    </div>
  );
}
