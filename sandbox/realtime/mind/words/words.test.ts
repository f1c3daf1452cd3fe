import { describe, expect, test } from 'vitest';
import { takeCode } from './codes.ts';
import { takeDay } from './days.ts';
import { toNumber } from './numbers.ts';
import { isMisheard } from './similar.ts';
import { Sentence } from './span.ts';
import { splitWords } from './split-words.ts';
import { stem } from './stem.ts';
import { takeTime } from './times.ts';

const sentence = (said: string) => new Sentence(splitWords(said));

describe("days stay in the user's words", () => {
  test.each([
    ['on Friday please', 'Friday'],
    ['next Tuesday morning', 'next Tuesday morning'],
    ['the day after tomorrow', 'the day after tomorrow'],
    ['the third of December', 'the third of December'],
    ['December the 3rd', 'December the 3rd'],
    ['on the 27th', 'the 27th'],
    ['in two weeks', 'in two weeks'],
    ['Friday week', 'Friday week'],
    ['this afternoon', 'this afternoon'],
    ['2026-11-27', '2026-11-27'],
    ['fri day afternoon', 'Friday afternoon'],
    ['any time at all', null],
    ['the first one', null],
    ['I may come', null],
  ])('%s', (said, day) => {
    expect(takeDay(sentence(said))?.text ?? null).toBe(day);
  });
});

describe('times of day', () => {
  test.each([
    ['at ten', 'ten'],
    ['at half past nine', 'half past nine'],
    ['quarter to three', 'quarter to three'],
    ['ten past four', 'ten past four'],
    ['10:30', '10:30'],
    ['at 1030', '10:30'],
    ['2pm', '2 pm'],
    ['nine in the morning', 'nine in the morning'],
    ["eleven o'clock", "eleven o'clock"],
    ['eleven o clock', "eleven o'clock"],
    ["9 o'clock in the morning", "9 o'clock in the morning"],
    ['at noon', 'noon'],
    ['at ate', 'eight'],
    ['ten pizzas', null],
    ['to the shop', null],
  ])('%s', (said, time) => {
    expect(takeTime(sentence(said), false)?.text ?? null).toBe(time);
  });

  test('a bare number is a time only where one is expected', () => {
    expect(takeTime(sentence('ten'), false)).toBeNull();
    expect(takeTime(sentence('the ten one'), true)?.text).toBe('ten');
  });
});

test.each([
  ['amber forty two', 'amber forty two'],
  ['my ticket is R 1042', 'r 1042'],
  ['order number 1042', '1042'],
  ['one zero four two', 'one zero four two'],
  ['is it done', null],
  ['a small one', null],
])('codes: %s', (said, code) => {
  expect(takeCode(sentence(said))?.text ?? null).toBe(code);
});

test.each([
  ['two', 2],
  ['twenty two', 22],
  ['12', 12],
  ['for', 4],
  ['many', null],
])('numbers: %s', (said, number) => {
  expect(toNumber(said)).toBe(number);
});

test('endings do not matter', () => {
  const same = [
    ['booked', 'book'],
    ['bookings', 'booking'],
    ['services', 'service'],
    ['cancelled', 'cancel'],
    ['fitting', 'fit'],
    ['calling', 'call'],
  ];
  for (const [a = '', b = ''] of same) expect(stem(stem(a))).toBe(stem(stem(b)));
});

test('misheard words are close in letters or in sound, and short ones must be equal', () => {
  expect(isMisheard('apointment', 'appointment')).toBe(true);
  expect(isMisheard('wensday', 'wednesday')).toBe(true);
  expect(isMisheard('look', 'book')).toBe(false);
  expect(isMisheard('fromer', 'former')).toBe(true);
});

test.each([
  ["What's free?", 'what is free'],
  ["I'd like a tune-up, please.", 'i would like a tune up'],
  ['Good-by!', 'goodbye'],
  ["I can't come", 'i can not come'],
  ['at 10.30 a.m.', 'at 10:30 am'],
])('plain words: %s', (said, words) => {
  expect(splitWords(said).join(' ')).toBe(words);
});
