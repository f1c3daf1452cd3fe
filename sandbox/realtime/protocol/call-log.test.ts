import { expect, test } from 'vitest';
import { CallRecord } from './call-log.ts';
import { createSession } from './policy/session.ts';

const newRecord = () => new CallRecord('rtc_1', createSession({ type: 'realtime' }, 'sess_1'), null, null);

test('remembers the last 600 events, and counts those it forgot', () => {
  const record = newRecord();
  for (let count = 0; count < 700; count++) record.log('client', { type: `event ${count}` }, 20);
  expect(record.events).toHaveLength(600);
  expect(record.events[0]?.type).toBe('event 100');
  expect(record.droppedEvents).toBe(100);
});

test('remembers no more than 2 MB of a call, whatever its page sends', () => {
  const record = newRecord();
  for (let count = 0; count < 20; count++) record.log('client', { type: `append ${count}` }, 500_000);
  expect(record.events.map(({ type }) => type)).toEqual([16, 17, 18, 19].map((count) => `append ${count}`));
  record.log('client', { type: 'one that is larger than all' }, 3_000_000);
  expect(record.events).toEqual([]);
  expect(record.droppedEvents).toBe(21);
});
