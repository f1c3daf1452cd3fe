import { test } from './fixtures.ts';
import { CONVERSATION } from './visitor.ts';

test.use({ microphone: 'blocked' });

test('a blocked microphone: the page says so, with the steps of Firefox, and a typed call goes on', async ({
  visitor,
  baseURL,
}) => {
  await visitor.signInAsGuest(baseURL ?? '');
  await visitor.press('Talk');
  await visitor.sees(/The microphone is blocked for this page\./);
  await visitor.sees(/crossed-out microphone beside the address/);
  await visitor.press('Type instead');
  await visitor.type('Who are you?');
  await visitor.sees(/I follow rules/, CONVERSATION);
  await visitor.hangUp();
});
