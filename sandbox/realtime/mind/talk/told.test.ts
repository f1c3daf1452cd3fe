import { describe, expect, test } from 'vitest';
import { Talk } from '../../testing/conversation.ts';
import { GARAGE } from '../../testing/tool-sets.ts';

const tell = (...told: string[]) => new Talk(GARAGE).tell(...told).say;

describe('what whoever runs the call asks for is said', () => {
  test.each([
    ['Ask the caller to speak louder.', 'Please speak louder.'],
    [
      'The line was cut. Say so briefly, and ask them to say it again.',
      'The line was cut. Please say it again.',
    ],
    [
      'The signal broke off while the customer was talking, and their sentence is lost. Tell them so and ask them to repeat it.',
      'The signal broke off while you were talking, and your sentence is lost. Please repeat it.',
    ],
    ['Tell the user that the workshop closes in ten minutes.', 'The workshop closes in ten minutes.'],
    ['Politely let the visitor know that they have one minute left.', 'You have one minute left.'],
    ['Ask for their postcode.', 'Please tell me your postcode.'],
    ['Ask the caller whether they are still there.', 'May I ask whether you are still there?'],
    ['Apologise to the user for the wait.', 'I am sorry for the wait.'],
    ['Say “The lift is out of order.”', 'The lift is out of order.'],
  ])('%s', (told, said) => expect(tell(told)).toBe(said));

  test.each([
    'The line was cut. Say so, and ask the caller to say it again.',
    'The line was cut. Say so, and ask them to repeat what they said.',
  ])('and half a sentence that is asked for again is not answered: %s', (told) => {
    const reply = new Talk(GARAGE).tellAfter('I would like to', told);
    expect(reply).toMatchObject({
      say: expect.stringMatching(/^The line was cut\. Please [^.]+\.$/),
      calls: [],
    });
    expect(reply.memory.misses).toBe(0);
  });

  test('and what was said before is answered', () => {
    const reply = new Talk(GARAGE).tellAfter('What is free on Friday?', 'Apologise for the wait.');
    expect(reply).toMatchObject({ say: 'I am sorry for the wait.', calls: [{ name: 'find_slots' }] });
  });

  test('and then the user is answered', () => {
    const talk = new Talk(GARAGE);
    const words = 'Tell the user that this is a test.';
    expect(talk.tell(words).say).toBe('This is a test.');
    expect(talk.say('thank you').say).not.toContain('test');
  });

  test.each(['The user’s name is Ada.', 'No speech was detected before the idle timeout.', ''])(
    'a fact is none: %s',
    (told) => expect(tell(told)).toBe('I am here. What can I do for you?'),
  );
});
