import { expect } from 'playwright/test';
import { clearFaults, orderFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { talk } from '../states/visit.ts';

test.describe.configure({ lock: '-exclusive-' });
test.afterEach(clearFaults);

/** Of the greeting; an agent that hears itself does not stop there. */
const isOfGreeting = (json: string, responseId: string) => JSON.parse(json).response_id === responseId;

test('the greeting is not cut by its own echo, and the agent listens after it', async ({
  page,
  recorder,
  signInAsGuest,
}) => {
  await orderFaults({ echo: {} }); // As a loudspeaker does: 150 ms later, 20 dB quieter.
  await signInAsGuest(page);
  await talk(page);
  await recorder.agentGreeted();
  const { events } = await recorder.read();
  const started = events.find(({ type }) => type === 'output_audio_buffer.started');
  const { response_id: responseId } = JSON.parse(started?.json ?? '{}');
  const stopped = events.find(
    ({ type, json }) => type === 'output_audio_buffer.stopped' && isOfGreeting(json, responseId),
  );
  expect(stopped, 'the greeting was played to its end').toBeDefined();
  const before = events.filter(({ atMs }) => atMs < (stopped?.atMs ?? 0)).map(({ type }) => type);
  expect(before).not.toContain('input_audio_buffer.speech_started');
  expect(before).not.toContain('conversation.item.truncated');
  const lastUpdate = async () => {
    const updates = (await recorder.read()).sent.filter(({ type }) => type === 'session.update');
    return JSON.parse(updates.at(-1)?.json ?? '{}').session?.audio?.input.turn_detection;
  };
  await expect.poll(lastUpdate).toMatchObject({ type: 'semantic_vad', interrupt_response: true });
});
