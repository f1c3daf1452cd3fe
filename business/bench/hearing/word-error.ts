import { sayAsWords } from '@parley/realtime-sandbox/media/speech/speak/say-as-words';

/** Returns a sentence's words for comparison: spoken form, no case, no punctuation. */
export function comparableWords(text: string): string[] {
  return sayAsWords(text)
    .toLowerCase()
    .replace(/good[- ]?bye/g, 'goodbye')
    .replace(/\bok\b/g, 'okay')
    .replace(/\balright\b/g, 'all right')
    .replace(/tyre/g, 'tire')
    .replace(/cancelled/g, 'canceled')
    .replace(/\b([ap])\.? ?m\b/g, '$1m')
    .replace(/[’']/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Returns the fewest insertions, deletions and replacements that turn what was heard into what was said. */
export function wordErrors(said: readonly string[], heard: readonly string[]): number {
  let previous = Array.from({ length: heard.length + 1 }, (_, index) => index);
  for (const [row, word] of said.entries()) {
    const current = [row + 1];
    for (const [column, other] of heard.entries()) {
      const replace = (previous[column] ?? 0) + (word === other ? 0 : 1);
      current.push(Math.min(replace, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? said.length;
}
