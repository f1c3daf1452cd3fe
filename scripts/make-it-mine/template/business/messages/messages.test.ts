import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { addMessage, listMessages, MOST_MESSAGES, MOST_OF_NETWORK } from '@/business/messages/messages';
import { newVisit } from '@/business/testing/visit';
import { getRedis } from '@/lib/server/store/redis';

const message = (text: string) => ({ text, name: 'Anna Brown', leftAtMs: Date.UTC(2040, 0, 2) });

test('the newest message comes first', async () => {
  const visit = newVisit();
  await addMessage(visit, message('first'));
  await addMessage(visit, message('second'));
  expect((await listMessages(visit.user)).map(({ text }) => text)).toEqual(['second', 'first']);
});

test('messages that arrive at the same time do not pass the limit', async () => {
  const visit = newVisit();
  const texts = Array.from({ length: MOST_MESSAGES + 5 }, (_, index) => `number ${index}`);
  const added = await Promise.all(texts.map((text) => addMessage(visit, message(text))));
  expect(added.filter(Boolean)).toHaveLength(MOST_MESSAGES);
  expect(await listMessages(visit.user)).toHaveLength(MOST_MESSAGES);
});

test('messages expire', async () => {
  const visit = newVisit();
  await addMessage(visit, message('soon gone'));
  const seconds = await getRedis().ttl(`messages:${visit.user.id}`);
  expect(seconds).toBeGreaterThan(29 * 24 * 3600);
  expect(seconds).toBeLessThanOrEqual(30 * 24 * 3600);
});

test('guests of one network do not pass its limit, however often they clear their cookies', async () => {
  const network = `network-${randomUUID()}`;
  const leave = () => addMessage(newVisit('guest', network), message('again'));
  const added = await Promise.all(Array.from({ length: MOST_OF_NETWORK + 5 }, leave));
  expect(added.filter(Boolean)).toHaveLength(MOST_OF_NETWORK);
  expect(await addMessage(newVisit('guest', `network-${randomUUID()}`), message('elsewhere'))).toBe(true);
});
