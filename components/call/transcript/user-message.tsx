import { clsx } from 'clsx';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

type UserEntry = Extract<TranscriptEntry, { kind: 'user' }>;

function words({ state, text }: UserEntry): string {
  if (text) return text;
  return state === 'failed' ? 'This could not be put into words.' : 'Listening…';
}

/** What the person said or typed. Words that may still change are lighter. */
export function UserMessage({ entry }: { entry: UserEntry }) {
  return (
    <p
      className={clsx(
        'ms-auto w-fit max-w-[85%] whitespace-pre-wrap rounded-lg rounded-ee-sm bg-accent-soft px-4 py-2',
        entry.state === 'done' ? 'text-ink' : 'text-ink-muted',
        entry.state === 'failed' && 'italic',
      )}
    >
      <span className="sr-only">{entry.typed ? 'You typed: ' : 'You: '}</span>
      {words(entry)}
    </p>
  );
}
