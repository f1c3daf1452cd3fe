import { describe, expect, it } from 'vitest';
import { givesCardNumber } from '@/business/guardrails';

describe('card numbers', () => {
  it.each([
    'Your card is 4111 1111 1111 1111.',
    'That was 5555-5555-5555-4444, is it right?',
    'The number is 378282246310005.',
  ])('stops "%s"', (text) => expect(givesCardNumber(text)).toBe(true));

  it.each([
    'I will pass on 020 7946 0958.',
    'Your order is 4111 1111 1111 1112.',
    'It is 2040-01-02, and the code is 42.',
  ])('lets "%s" pass', (text) => expect(givesCardNumber(text)).toBe(false));
});
