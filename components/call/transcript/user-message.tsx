import { clsx } from 'clsx';
import type { TranscriptEntry } from '@/lib/client/state/call-state';
import type { KeptEntry } from '@/lib/shared/kept-transcript';

type UserEntry = Extract<TranscriptEntry | KeptEntry, { kind: 'user' }>;
type UserEntryState = Extract<TranscriptEntry, { kind: 'user' }>['state'];

/** A kept entry is final: it has words, or they were never recognised. */
function readState(entry: UserEntry): UserEntryState {
  if ('state' in entry) return entry.state;
  return entry.text ? 'done' : 'failed';
}

/** What the user said or typed. Words that may still change are lighter. */
export function UserMessage({ entry, lang }: { entry: UserEntry; lang: string | undefined }) {
  const state = readState(entry);
  const placeholder = state === 'failed' ? 'We couldn’t make out the words.' : 'Listening…';
  return (
    <p
      className={clsx(
        'ms-auto w-fit max-w-[85%] whitespace-pre-wrap rounded-lg rounded-ee-sm bg-accent-soft px-4 py-2',
        state === 'done' ? 'text-ink' : 'text-ink-muted',
        state === 'failed' && 'italic',
      )}
    >
      <span className="sr-only">{entry.typed ? 'You typed: ' : 'You: '}</span>
      <span dir="auto" lang={entry.text ? lang : undefined} className="block">
        {entry.text || placeholder}
      </span>
    </p>
  );
}
