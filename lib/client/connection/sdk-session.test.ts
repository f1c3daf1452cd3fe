import { expect, it } from 'vitest';
import { liveCall } from '@/lib/client/testing/live-call';

it.each([
  ['⚠️ Your last answer was blocked. \nFailed Guardrail Reason: …', 0],
  ['My last answer was blocked.', 1],
])('leaves the SDK’s feedback to the model out of the transcript: %j', async (text, entries) => {
  const { store, addUserMessage } = await liveCall();
  addUserMessage(text);
  expect(store.getState().transcript).toHaveLength(entries);
});
