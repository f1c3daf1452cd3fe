import { expect, test } from 'vitest';
import { listMessages, MOST_MESSAGES } from '@/business/messages/messages';
import { newVisit } from '@/business/testing/visit';
import { leaveMessage } from '@/business/tools/leave-message';

const CALL_BACK = { message: 'Please call me back.', name: 'Anna Brown' };

test('the preview repeats the message and leaves none', async () => {
  const visit = newVisit();
  expect(await leaveMessage.preview(CALL_BACK, visit)).toEqual({
    ok: true,
    lines: [
      { label: 'Message', value: 'Please call me back.' },
      { label: 'From', value: 'Anna Brown' },
    ],
  });
  expect(await listMessages(visit.user)).toEqual([]);
});

test('a message is stored for the visitor who left it, and for no other visitor', async () => {
  const [visit, stranger] = [newVisit(), newVisit()];
  expect(await leaveMessage.call(CALL_BACK, visit)).toMatchObject({
    ok: true,
    summary: 'Thank you, Anna Brown. I will pass your message on.',
  });
  expect(await listMessages(visit.user)).toMatchObject([
    { text: 'Please call me back.', name: 'Anna Brown' },
  ]);
  expect(await listMessages(stranger.user)).toEqual([]);
});

test('when no more messages fit, preview and run both say so', async () => {
  const visit = newVisit();
  for (let count = 0; count < MOST_MESSAGES; count++) await leaveMessage.call(CALL_BACK, visit);
  const refusal = { ok: false, error: { code: 'too_many_messages' } };
  expect(await leaveMessage.preview(CALL_BACK, visit)).toMatchObject(refusal);
  expect(await leaveMessage.call(CALL_BACK, visit)).toMatchObject(refusal);
});

test.each([
  {},
  { message: 'Hello.' },
  { ...CALL_BACK, message: '   ' },
  { ...CALL_BACK, message: 'x'.repeat(501) },
  { ...CALL_BACK, userId: 'another' },
])('arguments that do not fit are refused: %j', async (args) => {
  const reply = await leaveMessage.call(args, newVisit());
  expect(reply).toMatchObject({ ok: false, error: { code: 'bad_arguments' } });
});
