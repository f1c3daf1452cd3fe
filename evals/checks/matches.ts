import { z } from 'zod';
import type { Pattern } from '../scenario/scenario.ts';

const plain = (text: string) => text.trim().toLowerCase();

/** Returns whether a value holds what the pattern says; it may hold more. */
export function matches(value: unknown, pattern: Pattern): boolean {
  if (pattern instanceof RegExp) return typeof value === 'string' && value.search(pattern) !== -1;
  if (pattern instanceof z.ZodType) return pattern.safeParse(value).success;
  if (typeof pattern === 'string') return typeof value === 'string' && plain(value) === plain(pattern);
  if (typeof pattern !== 'object' || pattern === null) return value === pattern;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(pattern).every(([key, part]) =>
    matches((value as Record<string, unknown>)[key], part),
  );
}

/** A pattern in words, for a cause. */
export function showPattern(pattern: Pattern): string {
  if (pattern instanceof RegExp) return String(pattern);
  if (pattern instanceof z.ZodType) return 'the schema';
  if (typeof pattern !== 'object' || pattern === null) return JSON.stringify(pattern);
  return `{ ${Object.entries(pattern)
    .map(([key, part]) => `${key}: ${showPattern(part)}`)
    .join(', ')} }`;
}
