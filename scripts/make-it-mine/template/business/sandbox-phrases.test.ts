import { expect, test } from 'vitest';
import { defaultAgent } from '@/business/agents';
import { talkTo } from '@/business/testing/sandbox-talk';

const leaveMessage = (message: string, name: string) => [
  { name: 'leave_message', arguments: { message, name } },
];

test('a message is asked for, then a name', () => {
  const talk = talkTo(defaultAgent);
  expect(talk.say('Can I leave a message?').say).toBe('What shall I pass on?');
  expect(talk.say('Please call me back on Monday.').say).toBe('And your name, please?');
  expect(talk.say('My name is Anna Brown.')).toMatchObject({
    say: 'I will pass it on. Please confirm it on your screen.',
    calls: leaveMessage('call me back on monday', 'Anna Brown'),
  });
});

test('a request that contains the message needs only the name', () => {
  const talk = talkTo(defaultAgent);
  expect(talk.say('Tell them that I will be late.').say).toBe('And your name, please?');
  expect(talk.say('Anna Brown.').calls).toEqual(leaveMessage('i will be late', 'Anna Brown'));
});

test.each(defaultAgent.examples)('the example of the page is understood: %s', (example) => {
  expect(talkTo(defaultAgent).say(example).memory.pending?.tool).toBe('leave_message');
});

test.each(['What is the weather like?', 'Tell me a joke.', 'How much is a new car?'])(
  'another subject is not: %s',
  (said) => {
    expect(talkTo(defaultAgent).say(said)).toMatchObject({ calls: [], memory: { pending: null } });
  },
);

test('a goodbye ends the call', () => {
  expect(talkTo(defaultAgent).say('Goodbye.').calls).toEqual([{ name: 'end_call', arguments: {} }]);
});

test('the greeting names the agent and something to try', () => {
  expect(talkTo(defaultAgent).begin().say).toContain(`this is ${defaultAgent.title} at `);
});
