'use client';

import { clsx } from 'clsx';
import { useAgent } from '@/components/call/call-context';
import { type CaptionSize, usePreferences } from '@/components/call/call-preferences';
import { AgentMessage } from '@/components/call/transcript/agent-message';
import { ToolCard } from '@/components/call/transcript/tool-card';
import { GuardrailMark, HandoffMark, NoteMark } from '@/components/call/transcript/transcript-marks';
import { UserMessage } from '@/components/call/transcript/user-message';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

function Entry({ entry, agent }: { entry: TranscriptEntry; agent: string }) {
  switch (entry.kind) {
    case 'user':
      return <UserMessage entry={entry} />;
    case 'agent':
      return <AgentMessage entry={entry} agent={entry.speaker ?? agent} />;
    case 'tool':
      return <ToolCard entry={entry} />;
    case 'handoff':
      return <HandoffMark from={entry.from} to={entry.to} />;
    case 'guardrail':
      return <GuardrailMark text={entry.text} />;
    case 'note':
      return <NoteMark text={entry.text} />;
  }
}

const SIZES: Record<CaptionSize, string> = { normal: 'text-base', large: 'text-lg', largest: 'text-xl' };

/** Everything that happened in a call, in one list: words, tools, approvals, notes. */
export function TranscriptList({ transcript }: { transcript: readonly TranscriptEntry[] }) {
  const { title } = useAgent();
  const { captions } = usePreferences();
  return (
    <ol className={clsx('flex flex-col gap-4', SIZES[captions])}>
      {transcript.map((entry) => (
        <li key={entry.id} className="animate-arrive">
          <Entry entry={entry} agent={title} />
        </li>
      ))}
    </ol>
  );
}
