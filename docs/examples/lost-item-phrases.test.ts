import { parsePhrases } from '@parley/realtime-sandbox/mind/load-phrases';
import { createMind } from '@parley/realtime-sandbox/mind/mind';
import { Talk } from '@parley/realtime-sandbox/testing/conversation';
import { expect, test } from 'vitest';
import { casey } from './casey.ts';
import phrases from './lost-item-phrases.ts';
import { reportLostItem } from './report-lost-item.ts';

const mind = createMind(parsePhrases(phrases, 'lost-item-phrases.ts'));
const [leaves, reports] = casey.examples;

test.each([leaves, reports, 'I have lost something.', 'Have you found anything?'])(
  'the sandbox takes the tool of the guide for: %s',
  (said) => {
    const talk = new Talk([reportLostItem], casey.instructions, mind);
    expect(talk.say(said).say).toBe('What does it look like?');
    expect(talk.say('A green umbrella.')).toMatchObject({
      say: 'I put it on our list. Please confirm it on your screen.',
      calls: [{ name: 'report_lost_item', arguments: { item: 'green umbrella' } }],
    });
  },
);
