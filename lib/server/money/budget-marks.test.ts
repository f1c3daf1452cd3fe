import { startRedis } from '@parley/redis-sandbox';
import { expect, test } from 'vitest';
import { utcDay } from '@/lib/server/money/utc-day';
import {
  createCallFixture,
  end,
  eventually,
  guest,
  open,
  openAndDial,
  passSeconds,
  RELAYED_GUESTS,
  refusedWith,
} from '@/lib/server/testing/call-fixture';
import { createWebhookFixture } from '@/lib/server/testing/webhook-fixture';

// Two dollars are 2000 seconds: nearly seven calls of five minutes.
createCallFixture(startRedis, {
  ...RELAYED_GUESTS,
  VOICE_SITE_BUDGET_USD_PER_DAY: '2',
  VOICE_GUEST_BUDGET_USD_PER_DAY: '2',
  VOICE_WEBHOOK_EVENTS: 'budget.reached',
});
const receiver = createWebhookFixture();

async function talkFor(seconds: number) {
  const user = guest();
  const { callId } = await openAndDial(user);
  passSeconds(seconds);
  await end(user, callId);
}

const percents = () => receiver.received.map(({ body }) => JSON.parse(body).data.percent);

test('half, four fifths and all of a day’s budget are told once each; all is when no call fits any more', async () => {
  const day = utcDay(Date.now());
  for (let i = 0; i < 3; i += 1) await talkFor(300);
  expect(percents()).toEqual([]);
  await talkFor(100);
  await eventually(() => expect(percents()).toEqual([50]));
  for (let i = 0; i < 2; i += 1) await talkFor(300);
  await eventually(() => expect(percents()).toEqual([50, 80]));
  await talkFor(300);
  expect(percents()).toEqual([50, 80]);
  await talkFor(90);
  await eventually(() => expect(percents()).toEqual([50, 80, 100]));
  await expect(open(guest())).rejects.toEqual(refusedWith('budget_exhausted'));
  expect(JSON.parse(receiver.received[2]?.body ?? '')).toMatchObject({
    type: 'budget.reached',
    data: { day, percent: 100, budgetUsd: 2 },
  });
  expect(receiver.received[2]?.headers['webhook-id']).toBe(`msg_budget_reached_${day}_100`);
});

test('what is only held is not spent, and another day begins anew', async () => {
  receiver.reset();
  const users = [guest(), guest(), guest(), guest(), guest(), guest()];
  for (const user of users) await open(user);
  expect(percents()).toEqual([]);
});
