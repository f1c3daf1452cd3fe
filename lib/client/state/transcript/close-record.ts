import type { TranscriptEntry } from '@/lib/client/state/call-state';

function closeEntry(entry: TranscriptEntry): TranscriptEntry[] {
  switch (entry.kind) {
    case 'user':
      if (entry.state !== 'hearing') return [entry];
      return entry.text === '' ? [] : [{ ...entry, state: 'done' }];
    case 'agent':
      if (entry.state !== 'speaking') return [entry];
      if (entry.text === '') return [];
      return [{ ...entry, state: entry.spokenChars < entry.text.length ? 'interrupted' : 'done' }];
    case 'tool':
      return [entry.state === 'waiting_for_approval' ? { ...entry, state: 'denied' } : entry];
    case 'note':
    case 'handoff':
    case 'guardrail':
      return [entry];
  }
}

/** Closes the lines that are open when a call ends. A running tool may still answer and stays open. */
export const closeTranscript = (transcript: readonly TranscriptEntry[]): readonly TranscriptEntry[] =>
  transcript.flatMap(closeEntry);

/** With the receipt there, nobody waits for a tool any longer. */
export const failRunningTools = (transcript: readonly TranscriptEntry[]): readonly TranscriptEntry[] =>
  transcript.map((entry) =>
    entry.kind === 'tool' && entry.state === 'running' ? { ...entry, state: 'failed' } : entry,
  );
