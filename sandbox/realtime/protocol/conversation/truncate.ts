import type { Entry } from './conversation.ts';
import { itemText } from './items.ts';

/** About 15 letters a second, the speed of unhurried speech. */
const MS_PER_LETTER = 65;

/**
 * Cuts a spoken message to what was heard, so that the conversation contains nothing the user did not hear.
 * Returns the remaining words.
 */
export function truncateSpoken(entry: Entry, playedMs: number): string {
  const { item } = entry;
  if (item.type !== 'message' || item.role !== 'assistant') return '';
  const transcript = wordsWithin(itemText(item), playedMs);
  entry.audioMs = Math.min(entry.audioMs, playedMs);
  item.content = [{ type: 'output_audio', transcript }];
  return transcript;
}

function wordsWithin(text: string, playedMs: number): string {
  const letters = Math.floor(playedMs / MS_PER_LETTER);
  if (letters >= text.length) return text;
  return text.slice(0, text.lastIndexOf(' ', letters) + 1).trimEnd();
}
