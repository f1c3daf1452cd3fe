import { expect, type Page } from 'playwright/test';
import { type ReachedState, startTyped, typeMessage } from '../states/visit.ts';
import { bookableWeekday } from './bookable-weekday.ts';

/** Delays every tool from now on, so that its running state can be checked. */
const slowTools = (page: Page) =>
  page.route('**/api/voice/calls/*/tools/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await route.continue().catch(() => undefined); // The call may have ended.
  });

/** Ways into the states that need a tool of the shop, or its mechanic. */
export const SHOP_STATES: readonly ReachedState[] = [
  {
    name: '11-using-a-tool',
    sentence: /^Robin is thinking…$/,
    action: null,
    announcement: /Robin is thinking/,
    async reach(visit) {
      await slowTools(visit.page);
      await startTyped(visit);
      await typeMessage(visit.page, 'What services do you have?');
      await expect(visit.page.getByText(/^Working…/)).toBeVisible();
    },
  },
  {
    name: '13-needs-approval',
    sentence: /^Robin needs your approval\.$/,
    action: /^Allow$/,
    announcement: /Choose Allow or Don’t allow/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, `Book a tune-up on ${bookableWeekday()} at ten.`);
    },
  },
  {
    name: '15b-ended-with-changes',
    sentence: /^What was done$/,
    action: /^Talk again$/,
    announcement: /It lasted/,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, `Book a tune-up on ${bookableWeekday()} at ten.`);
      await visit.page.getByRole('button', { name: 'Allow', exact: true }).click();
      const card = visit.page.getByRole('article', { name: 'Tool: Book an appointment' });
      await expect(card.getByText('Done')).toBeVisible();
      await visit.page.getByRole('button', { name: 'End call' }).click();
    },
  },
  {
    name: '20-handoff',
    sentence: /handed over to/,
    action: /^End call$/,
    announcement: /./,
    async reach(visit) {
      await startTyped(visit);
      await typeMessage(visit.page, 'Can I talk to the mechanic?');
    },
  },
];
