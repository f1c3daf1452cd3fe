import type { TranscriptEntry } from '@/lib/client/state/call-state';

/** Splits the agent's text into the part that was heard and the rest, at the end of the word being spoken. */
export function splitSpoken(text: string, spokenChars: number): { spoken: string; unspoken: string } {
  if (spokenChars <= 0) return { spoken: '', unspoken: text };
  const wordEnd = /^\S*/.exec(text.slice(spokenChars))?.[0].length ?? 0;
  const cut = Math.min(text.length, spokenChars + wordEnd);
  return { spoken: text.slice(0, cut), unspoken: text.slice(cut) };
}

/** Returns the part of the agent's text that was heard: all of it, or the words before it was cut off. */
export function heardText(entry: Extract<TranscriptEntry, { kind: 'agent' }>): string {
  return entry.state === 'done' ? entry.text : splitSpoken(entry.text, entry.spokenChars).spoken;
}
