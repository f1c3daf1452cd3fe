import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { startTyped } from '../states/visit.ts';
import { installPageConnections, showServerEvent } from '../trouble/page-connections.ts';

const AGENT_SAYS = 'Your card is 4111 1111 1111 1111, and I will pass it on to the team in a moment.';

test('an answer with the number of a payment card is stopped, and the record says why', async ({
  page,
  signInAsGuest,
}) => {
  await installPageConnections(page);
  await startTyped({ page, signIn: () => signInAsGuest(page) });
  await showServerEvent(page, {
    type: 'response.created',
    response: { id: 'resp_test', object: 'realtime.response', status: 'in_progress', output: [] },
  });
  await showServerEvent(page, {
    type: 'response.output_audio_transcript.delta',
    response_id: 'resp_test',
    item_id: 'item_test',
    output_index: 0,
    content_index: 0,
    delta: AGENT_SAYS,
  });
  const conversation = page.getByRole('log', { name: 'Conversation' });
  await expect(conversation.getByText(/about to read out the number of a payment card/)).toBeVisible();
  await expect(conversation.getByText(/Your last answer was blocked/)).toHaveCount(0);
});
