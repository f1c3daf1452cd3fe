'use client';

import { AgentMessage } from '@/components/call/agent-message';
import { useCallContext } from '@/components/call/call-context';
import { ToolCard } from '@/components/call/tool-card';
import { UserMessage } from '@/components/call/user-message';
import type { RecordEntry } from '@/lib/shared/call-state';

function Entry({ entry, agent }: { entry: RecordEntry; agent: string }) {
  switch (entry.kind) {
    case 'user':
      return <UserMessage entry={entry} />;
    case 'agent':
      return <AgentMessage entry={entry} agent={agent} />;
    case 'tool':
      return <ToolCard entry={entry} />;
    case 'note':
      return <p className="py-1 text-center text-ink-muted text-xs">{entry.text}</p>;
  }
}

/** Everything that happened in a call, in one list: words, tools, approvals, notes. */
export function RecordList({ record }: { record: readonly RecordEntry[] }) {
  const { setting } = useCallContext();
  return (
    <ol className="flex flex-col gap-4">
      {record.map((entry) => (
        <li key={entry.id} className="animate-arrive">
          <Entry entry={entry} agent={setting.agent.title} />
        </li>
      ))}
    </ol>
  );
}
