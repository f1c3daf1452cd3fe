import { expect, test } from 'vitest';
import { agreedWords, continueFrom, splitWords } from './stable-words.ts';

test.each([
  ['nothing before', '', 'What is', ''],
  ['the newest word is held back', 'What is', 'What is', 'What'],
  ['what both say, without the newest', 'What is free.', 'What is free on fry?', 'What is'],
  ['a changed word and what follows', 'Book a tomb', 'Book a tune-up on Friday', 'Book a'],
  ['fewer words than before', 'Book a tune-up', 'Book', ''],
])('two recognitions agree: %s', (_, before, now, agreed) => {
  expect(agreedWords(splitWords(before), splitWords(now)).join(' ')).toBe(agreed);
});

test.each([
  ['nothing was shown', '', 'Hello there.', 'Hello there.'],
  ['the same beginning', 'Book a', 'Book a tune-up.', 'Book a tune-up.'],
  ['other letters and marks', 'Book, a', 'book a tune-up.', 'Book, a tune-up.'],
  ['another word', 'Look a', 'Book a tune-up.', 'Look a tune-up.'],
  ['two words for one', 'Book it an up', 'Book a tune-up on Friday.', 'Book it an up on Friday.'],
  ['one word for two', 'Goodbye', 'Good bye now.', 'Goodbye now.'],
  ['nothing heard in the end', 'Well', '', 'Well'],
  ['a word less', 'I I would', 'I would like that.', 'I I would like that.'],
])('a sentence goes on from what was shown: %s', (_, shown, heard, whole) => {
  expect(continueFrom(splitWords(shown), splitWords(heard)).join(' ')).toBe(whole);
});
