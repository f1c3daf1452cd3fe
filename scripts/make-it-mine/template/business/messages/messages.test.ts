import { expect, test } from 'vitest';
import { addMessage, listMessages, MOST_MESSAGES } from '@/business/messages/messages';
import { newVisit } from '@/business/testing/visit';
import { getRedis } from '@/lib/server/store/redis';

const message = (text: string) => ({ text, name: 'Anna Brown', leftAtMs: Date.UTC(2040, 0, 2) });

test('the newest message comes first', async () => {
  const { user } = newVisit();
  await addMessage(user, message('first'));
  await addMessage(user, message('second'));
  expect((await listMessages(user)).map(({ text }) => text)).toEqual(['second', 'first']);
});

test('messages that arrive at the same time do not pass the limit', async () => {
  const { user } = newVisit();
  const texts = Array.from({ length: MOST_MESSAGES + 5 }, (_, index) => `number ${index}`);
  const added = await Promise.all(texts.map((text) => addMessage(user, message(text))));
  expect(added.filter(Boolean)).toHaveLength(MOST_MESSAGES);
  expect(await listMessages(user)).toHaveLength(MOST_MESSAGES);
});

test('messages expire', async () => {
  const { user } = newVisit();
  await addMessage(user, message('soon gone'));
  const seconds = await getRedis().ttl(`messages:${user.id}`);
  expect(seconds).toBeGreaterThan(29 * 24 * 3600);
  expect(seconds).toBeLessThanOrEqual(30 * 24 * 3600);
});
