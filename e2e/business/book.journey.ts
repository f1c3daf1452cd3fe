import { test } from '../firefox/fixtures.ts';
import { CONVERSATION } from '../firefox/visitor.ts';
import { bookableDay } from './bookable-day.ts';

const day = bookableDay();

// The profile refuses consent checks: after half a minute Firefox gives up the connection, and reports that as the page's own error.
if (process.env.SANDBOX_PROFILE === 'harsh') {
  test.use({ expectedUncaughtErrors: [/^WebRTC: ICE failed\b/] });
}

test('a guest asks what is free: a tool runs, and its result is heard and shown', async ({
  visitor,
  baseURL,
}) => {
  await visitor.signInAsGuest(baseURL ?? '');
  await visitor.startCall();
  const askedAtMs = Date.now();
  await visitor.say('what-is-free-on-friday');
  // The greeting names the same question.
  await visitor.sees(/You:\s+What is free on Friday/i, CONVERSATION);
  await visitor.sees(/Done.*Ran on the server/s, CONVERSATION);
  await visitor.hears(askedAtMs);
  await visitor.hangUp();
});

test('a guest books by voice and allows it by click, and the appointment is on the screen', async ({
  visitor,
  baseURL,
}) => {
  await visitor.signInAsGuest(baseURL ?? '');
  await visitor.startCall();
  const approval = ['region', 'Book an appointment?'] as const;
  await visitor.sayUntil(`book-on-${day}`, approval);
  await visitor.sees(/tune-up/i, approval);
  await visitor.press('Allow');
  await visitor.sees(new RegExp(`${day} \\d{1,2} \\w+ at 10 am`, 'i'), [
    'complementary',
    'Your appointments',
  ]);
  await visitor.hangUp();
});
