import { expect, test } from 'vitest';
import { addMessage } from '@/business/messages/messages';
import { erasePersonalData, readPersonalData } from '@/business/personal-data';
import { newVisit } from '@/business/testing/visit';

test('a user exports and deletes the messages that they left, and nobody else’s', async () => {
  const [visit, other] = [newVisit(), newVisit()];
  for (const { user, network } of [visit, other]) {
    await addMessage({ user, network }, { text: 'Call me back.', name: 'Anna', leftAtMs: 1 });
  }
  const person = { ...visit.user, network: null };
  expect(await readPersonalData(person)).toMatchObject({ messages: [{ text: 'Call me back.' }] });
  await erasePersonalData(person);
  expect(await readPersonalData(person)).toMatchObject({ messages: [] });
  expect(await readPersonalData({ ...other.user, network: null })).toMatchObject({ messages: [{}] });
});
