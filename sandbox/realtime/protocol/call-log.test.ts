import { expect, test } from 'vitest';
import { CallLog } from './call-log.ts';
import { createSession } from './policy/session.ts';

const newLog = () => new CallLog('rtc_1', createSession({ type: 'realtime' }, 'sess_1'), null, null);

test('keeps the last 600 events, and counts those it dropped', () => {
  const log = newLog();
  for (let count = 0; count < 700; count++) log.add('client', { type: `event ${count}` }, 20);
  expect(log.events).toHaveLength(600);
  expect(log.events[0]?.type).toBe('event 100');
  expect(log.droppedEvents).toBe(100);
});

test('keeps at most 2 MB of a call, whatever its page sends', () => {
  const log = newLog();
  for (let count = 0; count < 20; count++) log.add('client', { type: `append ${count}` }, 500_000);
  expect(log.events.map(({ type }) => type)).toEqual([16, 17, 18, 19].map((count) => `append ${count}`));
  log.add('client', { type: 'one that is larger than all' }, 3_000_000);
  expect(log.events).toEqual([]);
  expect(log.droppedEvents).toBe(21);
});
