import { AgentMessage } from '@/components/call/transcript/agent-message';
import { ToolCard } from '@/components/call/transcript/tool-card';
import { ToolFrame } from '@/components/call/transcript/tool-frame';
import { SETTLED_WORDS } from '@/components/call/transcript/tool-words';
import { GuardrailMark, HandoffMark, NoteMark } from '@/components/call/transcript/transcript-marks';
import { UserMessage } from '@/components/call/transcript/user-message';
import type { TranscriptEntry } from '@/lib/client/state/call-state';
import type { KeptEntry } from '@/lib/shared/kept-transcript';

interface TranscriptItemProps {
  entry: TranscriptEntry | KeptEntry;
  /** Who is speaking where the entry does not name a speaker: the agent that opened the call. */
  agent: string;
  /** The code of the language in which the words are, if it is known: a screen reader needs it. */
  language?: string | null;
}

/** One entry of a transcript, during a call, after it, or read again from what was kept. */
export function TranscriptItem({ entry, agent, language }: TranscriptItemProps) {
  const lang = language ?? undefined;
  switch (entry.kind) {
    case 'user':
      return <UserMessage entry={entry} lang={lang} />;
    case 'agent':
      return <AgentMessage entry={entry} agent={entry.speaker ?? agent} lang={lang} />;
    case 'tool':
      return 'outcome' in entry ? (
        <ToolFrame {...entry} status={SETTLED_WORDS[entry.state]} />
      ) : (
        <ToolCard entry={entry} />
      );
    case 'handoff':
      return <HandoffMark from={entry.from} to={entry.to} />;
    case 'guardrail':
      return <GuardrailMark text={entry.text} />;
    case 'note':
      return <NoteMark text={entry.text} />;
  }
}
