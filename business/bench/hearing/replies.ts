import type { Talk } from '@parley/realtime-sandbox/testing/conversation';
import { startTalk } from './start-talk.ts';

const done = (summary: string, data: object = {}) => ({ ok: true, summary, data });
const failed = (code: string, message: string) => ({ ok: false, error: { code, message } });
const times = { times: ['09:30', '11:00', '14:30'] };

/** What is said to the desk, and what its tools return. One list is one call. */
const CALLS: readonly (readonly (readonly [said: string, result?: object])[])[] = [
  [
    [
      'What do you offer?',
      done(
        'We do a tune-up for £65, a puncture repair for £15 and a brake service for £45. We also do a safety check, a bike fitting and a full service.',
      ),
    ],
    ['How much is a bike fitting?', done('A bike fitting costs £90 and takes an hour and a half.')],
    ['What is free on Friday?', done('On Friday 27 November we have 9:30 am, 11 am and 2:30 pm.', times)],
    ['Yes please.'],
    ['half past two'],
    [
      'a safety check',
      done(
        'You are booked in for a safety check on Friday 27 November at 2:30 pm, for £20. Your code is amber 42.',
        { code: 'amber 42' },
      ),
    ],
    ['Thank you.'],
    ['Goodbye.'],
  ],
  [
    ['Book an appointment.'],
    ['What is the weather like?'],
    ['a brake service'],
    [
      'Tuesday',
      done(
        'On Tuesday 1 December we have 10 am, noon and 3:30 pm for a brake service, and more later in the day.',
        times,
      ),
    ],
    [
      'noon',
      failed(
        'slot_taken',
        'Tuesday 1 December at noon is taken. That day we still have 11 am, 11:30 am and 1 pm.',
      ),
    ],
    [
      'eleven',
      done(
        'You are booked in for a brake service on Tuesday 1 December at 11 am, for £45. Your code is silver 23.',
      ),
    ],
    ['No, I meant Wednesday.'],
    ['No.'],
  ],
  [
    [
      'Is my bike ready?',
      done(
        'Your green gravel bike is on the stand for a new chain. It will be ready on Monday 23 November, for £38.',
      ),
    ],
    [
      'What have I booked?',
      done(
        'You have 2 appointments: a tune-up on Thursday 26 November at 9 am, code maple 64; and a full service on Monday 7 December at 10:30 am, code river 71.',
      ),
    ],
    [
      'Cancel my tune-up.',
      done('I have cancelled your tune-up on Thursday 26 November at 9 am, code maple 64.'),
    ],
    [
      'Cancel my appointment.',
      failed('no_appointments', 'You have no appointment coming up, so nothing to cancel.'),
    ],
    ['Move my appointment to Friday.'],
    ['When are you open?'],
    ['Who are you?'],
    ['How are you?'],
    ['What can you do?'],
    ['Never mind.'],
  ],
  [
    [
      'What is free on Sunday?',
      failed('closed', 'We are closed on Sundays. The next day we are open is Monday 23 November.'),
    ],
    ['Sing me a song.'],
    ['Tell me a joke.'],
    ['Is my bike ready?', done('Your black folding bike is ready to collect. New brake pads comes to £42.')],
    [
      'Can I speak to a mechanic?',
      done('Hello, Sam here, the mechanic. What is the trouble with your bike?'),
    ],
    [
      'What is free tomorrow?',
      failed(
        'fully_booked',
        'Nothing is free on Tuesday 24 November or in the days after it. Please try a later day.',
      ),
    ],
    ['That is all.'],
  ],
];

/** Returns what the front desk says in these calls, every sentence once. */
export function replies(): string[] {
  const said = CALLS.flatMap((turns) => {
    const talk = startTalk();
    return [talk.begin(), ...turns.flatMap(([sentence, result]) => answers(talk, sentence, result))];
  });
  return [...new Set(said.flatMap(({ say }) => say ?? []))];
}

function answers(talk: Talk, sentence: string, result: object | undefined) {
  const first = talk.say(sentence);
  return first.calls.length > 0 ? [first, talk.result(first.calls, result ?? done(''))] : [first];
}
