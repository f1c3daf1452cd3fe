import { expect } from 'playwright/test';
import { faultLiveCalls } from '../states/fault-live-calls.ts';
import { test } from './fixtures.ts';
import { CONVERSATION } from './visitor.ts';

/** Of a sentence of five seconds. By then its beginning has silenced the agent. */
const SILENT_MS = 2_000;

test.beforeEach(async ({ visitor, baseURL }) => {
  await visitor.signInAsGuest(baseURL ?? '');
  await visitor.startCall();
});

test('a guest signs in, talks, hears the greeting and the reply, and hangs up', async ({ visitor }) => {
  const askedAtMs = Date.now();
  await visitor.say('who-are-you');
  await visitor.sees(/who are you/i, CONVERSATION);
  await visitor.sees(/I follow rules/, CONVERSATION);
  await visitor.hears(askedAtMs);
  await visitor.hangUp();
  await visitor.sees(/What was said/);
});

test('the agent falls silent when it is interrupted', async ({ visitor }) => {
  const askedAtMs = Date.now();
  await visitor.say('what-can-you-do');
  await visitor.hears(askedAtMs);
  // Firefox's echo cancellation mutilates what is said before the agent is silent, and so all of a short question.
  await visitor.say('can-you-hear-me');
  const saidAtMs = Date.now();
  expect(visitor.sound.audibleMs(saidAtMs - SILENT_MS, saidAtMs), 'the agent is silent').toBe(0);
  await visitor.sees(/interrupted/, CONVERSATION);
  await visitor.sees(/I think something is wrong/i, CONVERSATION);
  await visitor.hears(saidAtMs);
});

test('a dropped data channel is replaced, and the conversation goes on', async ({ visitor }) => {
  await faultLiveCalls('drop_channel');
  await visitor.sees(/Connected again\./);
  const askedAtMs = Date.now();
  await visitor.say('who-are-you');
  await visitor.sees(/I follow rules/, CONVERSATION);
  await visitor.hears(askedAtMs);
  await visitor.hangUp();
});
