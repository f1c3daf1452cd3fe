import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { startTyped, typeMessage } from '../states/visit.ts';
import { bookableDay } from './bookable-day.ts';

test('the card says what will be done, and an impossible request shows no card', async ({
  page,
  signInAsGuest,
}) => {
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  const tools = page.getByRole('article', { name: /^Tool:/ });
  const booking = page.getByRole('region', { name: 'Book an appointment?' });
  const cancellation = page.getByRole('region', { name: 'Cancel an appointment?' });

  await test.step('a day on which the shop is closed', async () => {
    await typeMessage(page, 'Book a tune-up on Sunday at ten.');
    await expect(tools.getByText('Didn’t work')).toBeVisible();
    await expect(tools.getByText(/^We are closed on Sundays/)).toBeVisible();
    await expect(booking).toHaveCount(0);
  });

  const when = await test.step('a booking, with date and price', async () => {
    await typeMessage(page, `Book a puncture repair on ${bookableDay()} at half past ten.`);
    await expect(booking.getByText('puncture repair (30 minutes, £15)')).toBeVisible();
    const date = await booking.getByText(/^\w+day \d{1,2} [A-Z]/).innerText();
    await expect(booking.getByText('10:30 am')).toBeVisible();
    await booking.getByRole('button', { name: 'Allow', exact: true }).click();
    await expect(tools.getByText('Done')).toBeVisible();
    return `${date} at 10:30 am`;
  });

  await test.step('a cancellation, with what will go', async () => {
    await typeMessage(page, 'Cancel my appointment.');
    await expect(cancellation.getByText('puncture repair')).toBeVisible();
    await expect(cancellation.getByText(when)).toBeVisible();
    await cancellation.getByRole('button', { name: 'Allow', exact: true }).click();
    await expect(tools.getByText(/^I have cancelled your puncture repair/)).toBeVisible();
  });
});
