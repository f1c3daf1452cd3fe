import type { TranscriptEntry } from '@/lib/client/state/call-state';

/** Splits what the agent says into what was heard and what was not, at the end of the word being spoken. */
export function splitSpoken(text: string, spokenChars: number): { spoken: string; unspoken: string } {
  if (spokenChars <= 0) return { spoken: '', unspoken: text };
  const wordEnd = /^\S*/.exec(text.slice(spokenChars))?.[0].length ?? 0;
  const cut = Math.min(text.length, spokenChars + wordEnd);
  return { spoken: text.slice(0, cut), unspoken: text.slice(cut) };
}

/** What of an answer was heard: all of it, or the words up to where it was cut. */
export function heardText(entry: Extract<TranscriptEntry, { kind: 'agent' }>): string {
  return entry.state === 'done' ? entry.text : splitSpoken(entry.text, entry.spokenChars).spoken;
}
