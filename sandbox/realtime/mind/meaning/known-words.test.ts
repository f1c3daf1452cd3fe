import { expect, test } from 'vitest';
import { KnownWords } from './known-words.ts';

const words = new KnownWords([
  { label: 'book', said: 'book a table for friday' },
  { label: 'cancel', said: 'cancel the booking of a table' },
  { label: 'menu', said: 'which desserts do you have' },
]);

test('a word counts in any form, for its label and for all', () => {
  expect(words.compare('book', 'Are tables booked?')).toEqual({ shared: 2, foreign: 0, known: 2 });
  expect(words.compare('menu', 'Which dessert is on the table?')).toEqual({
    shared: 1,
    foreign: 0,
    known: 2,
  });
});

test('a word that no label knows is foreign', () => {
  expect(words.compare('book', 'My cat sat on the table.')).toEqual({ shared: 1, foreign: 2, known: 1 });
});

test.each(['Can you do that for me?', 'On Friday at half past ten.', 'Somebody else, another time.'])(
  'what everybody says tells nothing: %s',
  (said) => {
    expect(words.compare('book', said)).toMatchObject({ shared: 0, known: 0 });
  },
);
