import { expect, test } from 'vitest';
import { Talk } from '../testing/conversation.ts';
import { GARAGE, PIZZERIA } from '../testing/tool-sets.ts';

test('the recogniser expects requests up to a value, with every value', () => {
  const hints = new Talk(GARAGE).hints();
  for (const hint of ['book a tune-up', 'book a safety check', 'on Tuesday', 'at half past two', 'at ten']) {
    expect(hints).toContain(hint);
  }
  expect(hints.filter((hint) => /[{}()|_]/.test(hint))).toEqual([]);
});

test('it expects the small talk of any call and the names of the session', () => {
  const hints = new Talk(PIZZERIA, 'You are Gino, the waiter of Da Gino.').hints();
  for (const hint of ['yes please', 'I meant', 'the second one', 'Gino', 'show me the menu']) {
    expect(hints).toContain(hint);
  }
});

test('it expects a question about the opening hours where the instructions contain them', () => {
  expect(new Talk(GARAGE).hints()).toContain('when are you open');
  expect(new Talk(GARAGE, 'You are Wren.').hints()).not.toContain('when are you open');
});
