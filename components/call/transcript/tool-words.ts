import { clockText } from '@/components/time-words';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

export type ToolEntry = Extract<TranscriptEntry, { kind: 'tool' }>;

/** After this long the status says that the tool is still working. */
const SLOW_AFTER_SECONDS = 4;

/** The status of a tool that has finished. */
export const SETTLED_WORDS = { done: 'Done', failed: 'Didn’t work', denied: 'Not allowed' } as const;

/** Returns a tool's status in two or three words. `nowSeconds`: the time in seconds since the epoch. */
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

/** Returns a tool's outcome as a sentence, or an empty string while there is none. */
export function toolOutcomeText({ reply, state }: ToolEntry): string {
  if (state === 'denied') return 'You didn’t allow this, so nothing was changed.';
  if (!reply) return '';
  return reply.ok ? reply.summary : reply.error.message;
}

/** Returns where a tool ran and, once it has finished, how long it took. */
export function toolPlaceText({ startedAtMs, finishedAtMs, state }: ToolEntry): string {
  if (state === 'denied') return 'Not run';
  if (finishedAtMs === null) return 'Runs on the server';
  return `Ran on the server · ${Math.max(0.1, (finishedAtMs - startedAtMs) / 1000).toFixed(1)} s`;
}
