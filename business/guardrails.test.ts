import { describe, expect, it } from 'vitest';
import { givesContactDetails } from '@/business/guardrails';

describe('contact details', () => {
  it.each([
    'Call me on 020 7946 0958.',
    'Her number is +44 (0)7700 900 123, any time.',
    'It is oh two oh, seven nine four six, oh nine five eight.',
    'double zero four four two zero seven nine four six',
    'Write to robin@northside.co.uk.',
    'That is robin at northside dot co dot uk.',
  ])('stops "%s"', (text) => expect(givesContactDetails(text)).toBe(true));

  it.each([
    'A tune-up costs £65 and takes 45 minutes.',
    'Your code is amber 42, on Friday 4 December at 10:30.',
    'You have 2026-12-04 10:30, 2026-12-05 11:00 and 2026-12-07 09:30.',
    'I have ten, half past ten, eleven and one, two, three o’clock.',
    'We are open from nine to six, and at ten to four on Saturdays.',
    'In danger, call 999 at once.',
    'Look at two dot points on the wheel.',
  ])('lets "%s" pass', (text) => expect(givesContactDetails(text)).toBe(false));
});
