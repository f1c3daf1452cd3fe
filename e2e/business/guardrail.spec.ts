import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { startTyped } from '../states/visit.ts';
import { installPageConnections, showServerEvent } from '../trouble/page-connections.ts';

const AGENT_SAYS = 'You can reach the owner at home, the number is 020 7946 0958, any time of the day.';

test('a response with a telephone number is stopped, and the transcript says why', async ({
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
  await expect(conversation.getByText(/about to read out a phone number/)).toBeVisible();
  await expect(conversation.getByText(/Your last answer was blocked/)).toHaveCount(0);
});
