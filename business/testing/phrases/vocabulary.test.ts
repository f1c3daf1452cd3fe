import { expect, test } from 'vitest';
import { robin } from '@/business/agents/robin';
import { talkTo } from '@/business/testing/sandbox-talk';

test('the recogniser expects requests up to a value, with every value', () => {
  const hints = talkTo(robin).hints();
  for (const hint of ['book a tune-up', 'book a safety check', 'on Tuesday', 'at half past two', 'at ten']) {
    expect(hints).toContain(hint);
  }
  expect(hints.filter((hint) => /[{}()|_]/.test(hint))).toEqual([]);
});

test('it expects a question for the opening hours where they can be told', () => {
  expect(talkTo(robin).hints()).toContain('when are you open');
});
