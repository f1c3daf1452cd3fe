'use client';

import { clsx } from 'clsx';
import { memo } from 'react';
import { useAgent, useCallState } from '@/components/call/call-context';
import { type CaptionSize, usePreferences } from '@/components/call/call-preferences';
import { TranscriptItem } from '@/components/call/transcript/transcript-item';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

const SIZES: Record<CaptionSize, string> = { normal: 'text-base', large: 'text-lg', largest: 'text-xl' };

/** While the agent speaks, one entry changes ten times a second. A long call has hundreds of others. */
const Entry = memo(TranscriptItem);

/** Everything that happened in a call, in one list: words, tools, approvals, notes. */
export function TranscriptList({ transcript }: { transcript: readonly TranscriptEntry[] }) {
  const { title } = useAgent();
  const { captions } = usePreferences();
  const language = useCallState((state) => state.language);
  return (
    <ol className={clsx('flex flex-col gap-4', SIZES[captions])}>
      {transcript.map((entry) => (
        <li key={entry.id} className="animate-arrive">
          <Entry entry={entry} agent={title} language={language} />
        </li>
      ))}
    </ol>
  );
}
