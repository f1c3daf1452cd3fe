import { describe, expect, test } from 'vitest';
import { Talk } from '../testing/conversation.ts';
import { GARAGE } from '../testing/tool-sets.ts';
import type { Meaning } from './interfaces.ts';

/** Words that no rule understands. */
const SAID = 'Well, it might be off.';

/** What the sentence model takes for one thing, beside what is nearest after it. */
const taken = (name: string, next: string, lead: number, margin: number): Meaning => ({
  of: { kind: 'tool', name },
  lead,
  margin,
  nearest: [name, next],
});

const hear = (meaning: Meaning) => {
  const talk = new Talk(GARAGE);
  return { talk, reply: talk.mean(SAID, meaning) };
};

describe('a call does not end by a guess', () => {
  const doubtful = taken('end_call', 'list_services', 0.1, 0.4);

  test('a doubtful goodbye is asked about, and a yes ends the call', () => {
    const { talk, reply } = hear(doubtful);
    expect([reply.say, reply.calls]).toEqual(['Do you want to end the call?', []]);
    expect(talk.say('Yes, please.').calls).toEqual([{ name: 'end_call', arguments: {} }]);
  });

  test('a no goes on, and so does a request', () => {
    expect(hear(doubtful).talk.say('No.').calls).toEqual([]);
    expect(hear(doubtful).talk.say('What is free on Friday?').calls[0]?.name).toBe('find_slots');
  });

  test('a sure one that nothing else is near ends it', () => {
    expect(hear(taken('end_call', 'list_services', 0.5, 0.4)).reply.calls[0]?.name).toBe('end_call');
  });

  test('what sounds a little like a goodbye is asked about, too', () => {
    const { say, calls } = new Talk(GARAGE).say('Good body.');
    expect([say, calls]).toEqual(['Do you want to end the call?', []]);
  });
});

describe('of two tools that are as near, of which one acts at once', () => {
  const either = taken('transfer_to_mechanic', 'book_appointment', 0.8, 0.1);

  test('the agent asks which was meant', () => {
    const { reply } = hear(either);
    expect(reply.calls).toEqual([]);
    expect(reply.say).toBe('Do you want to talk to a mechanic or book an appointment?');
  });

  test.each(['the mechanic', 'The first one.', 'I want to talk to the mechanic.'])(
    'the first is done after: %s',
    (answer) => {
      expect(hear(either).talk.say(answer).calls[0]?.name).toBe('transfer_to_mechanic');
    },
  );

  test.each(['the appointment', 'The second one, please.', 'Book one.'])(
    'the second is begun after: %s',
    (answer) => {
      expect(hear(either).talk.say(answer).memory.pending).toMatchObject({
        kind: 'asking',
        tool: 'book_appointment',
      });
    },
  );

  test('a mere yes is no answer: the question is asked again', () => {
    const { talk, reply } = hear(either);
    expect(talk.say('Yes.')).toMatchObject({ say: reply.say, calls: [] });
  });

  test('a look-up as near is simply done', () => {
    expect(hear(taken('list_services', 'end_call', 0.3, 0.1)).reply.calls[0]?.name).toBe('list_services');
  });
});
