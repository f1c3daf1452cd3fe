import { clockText } from '@/components/time-words';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

export type ToolEntry = Extract<TranscriptEntry, { kind: 'tool' }>;

/** After this long a running tool says that it has not been forgotten. */
const SLOW_AFTER_SECONDS = 4;

/** Where a tool stands that is over. */
export const SETTLED_WORDS = { done: 'Done', failed: 'Didn’t work', denied: 'Not allowed' } as const;

/** Where a tool stands, in two or three words. `nowSeconds` is the time of day in seconds since the epoch. */
export function toolStatusText(entry: ToolEntry, nowSeconds: number): string {
  switch (entry.state) {
    case 'waiting_for_approval':
      return 'Needs approval';
    case 'denied':
    case 'failed':
    case 'done':
      return SETTLED_WORDS[entry.state];
    case 'running': {
      const seconds = Math.floor(nowSeconds - entry.startedAtMs / 1000);
      if (seconds < 1) return 'Working…';
      const verb = seconds > SLOW_AFTER_SECONDS ? 'Still working…' : 'Working…';
      return `${verb} ${clockText(seconds)}`;
    }
  }
}

/** What came of it, in a person's words; empty while there is nothing to say. */
export function toolOutcomeText({ reply, state }: ToolEntry): string {
  if (state === 'denied') return 'You didn’t allow this, so nothing was changed.';
  if (!reply) return '';
  return reply.ok ? reply.summary : reply.error.message;
}

/** Where a tool runs, and how long it took once it is over. */
export function toolPlaceText({ startedAtMs, finishedAtMs, state }: ToolEntry): string {
  if (state === 'denied') return 'Not run';
  if (finishedAtMs === null) return 'Runs on the server';
  return `Ran on the server · ${Math.max(0.1, (finishedAtMs - startedAtMs) / 1000).toFixed(1)} s`;
}
