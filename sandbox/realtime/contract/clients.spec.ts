import { expect } from 'playwright/test';
import { type CallPage, readOrder } from './call-page.ts';
import { costsMoney, test } from './fixtures.ts';
import { CLIENTS } from './serve-pages.ts';

/** Time from detected speech to silence in the page: network, jitter buffer and the page's sampling. */
const SILENT_WITHIN_MS = 400;

const SPOKEN = [
  'response.created',
  'response.output_item.added',
  'conversation.item.added',
  'response.content_part.added',
  'response.output_audio_transcript.delta*',
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'conversation.item.done',
  'response.output_item.done',
  'response.done',
];
const CALLED = [
  'response.created',
  'response.output_item.added',
  'conversation.item.added',
  'response.function_call_arguments.delta*',
  'response.function_call_arguments.done',
  'conversation.item.done',
  'response.output_item.done',
  'response.done',
];
const ITEM = ['conversation.item.added', 'conversation.item.done'];

for (const client of CLIENTS) {
  test.describe(client, () => {
    test('connects: session.created first, the call id readable, no trickle', async ({ open }) => {
      const call = await open(client);
      const created = await call.next('session.created');
      expect((await call.events())[0]?.type).toBe('session.created');
      expect(created.session).toMatchObject({ type: 'realtime', model: 'gpt-realtime-2.1' });
      expect(call.callId).toMatch(/^rtc_/);
      expect(await call.isOpen()).toBe(true);
      const { candidates } = await call.page.evaluate(() => ({
        candidates: window.pageConnections[0]?.remoteDescription?.sdp.match(/^a=candidate/gm)?.length ?? 0,
      }));
      expect(candidates).toBeGreaterThan(0);
    });

    test('typed turn: the recorded order, and a voice in the page', async ({ open, api }) => {
      costsMoney(api);
      const call = await open(client, { policy: { tools: [] } });
      await call.next('session.created');
      const from = await settled(call);
      const heard = call.heard();
      await call.type('Thank you!');
      await call.next('response.done');
      await heard;
      expect(readOrder((await call.events()).slice(from))).toEqual([...ITEM, ...SPOKEN]);
      await call.next('output_audio_buffer.stopped');
    });

    test('voice turn with a function call, then barge-in while the agent speaks', async ({ open, api }) => {
      costsMoney(api);
      const call = await open(client);
      await call.next('session.created');
      const from = await settled(call);

      await test.step('voice turn: what was said is heard, and a tool is called', async () => {
        await call.say('what-is-free-on-friday');
        const { item_id } = await call.next('input_audio_buffer.speech_started');
        const { arguments: given } = await call.next('response.function_call_arguments.done');
        expect(given).toMatch(/friday/i);
        await call.next('output_audio_buffer.started');
        const order = readOrder((await call.events()).slice(from));
        const turn = [
          'input_audio_buffer.speech_started',
          'input_audio_buffer.speech_stopped',
          'input_audio_buffer.committed',
        ];
        expect(order.slice(0, turn.length + ITEM.length)).toEqual([...turn, ...ITEM]);
        const called = order.slice(turn.length + ITEM.length);
        // The output may be posted before the response is done.
        expect(called.filter((type) => !ITEM.includes(type)).slice(0, 6)).toEqual(
          CALLED.filter((type) => !ITEM.includes(type)),
        );
        expect((await call.all('input_audio_buffer.committed'))[0]?.item_id).toBe(item_id);
        const transcripts = await call.all('conversation.item.input_audio_transcription.completed');
        expect(transcripts[0]?.transcript ?? '').toMatch(/friday/i);
      });

      await test.step('barge-in: the answer is cut where it was heard, and the agent falls silent', async () => {
        await call.heard();
        await call.passAll();
        const said = call.say('what-services');
        await call.next('input_audio_buffer.speech_started');
        const speechAt = (await call.recording()).events.findLast(
          ({ type }) => type === 'input_audio_buffer.speech_started',
        )?.atMs;
        const { audio_end_ms } = await call.next('conversation.item.truncated');
        expect(audio_end_ms).toBeGreaterThan(0);
        expect(await call.all('output_audio_buffer.cleared')).toHaveLength(1);
        await said;
        const { levels } = await call.recording();
        const after = levels.filter(
          ({ atMs }) =>
            atMs > Number(speechAt) + SILENT_WITHIN_MS && atMs < Number(speechAt) + SILENT_WITHIN_MS + 300,
        );
        expect(after.length).toBeGreaterThan(5);
        expect(Math.max(...after.map(({ rms }) => rms))).toBeLessThan(0.01);
      });
    });

    test('hang-up: 200 with an empty body, then 404 call_id_not_found; the client notices', async ({
      open,
      api,
    }) => {
      const call = await open(client);
      await call.next('session.created');
      const first = await api.hangUp(call.callId);
      expect([first.status, await first.text()]).toEqual([200, '']);
      await expect.poll(() => call.isOpen()).toBe(false);
      const second = await api.hangUp(call.callId);
      expect(second.status).toBe(404);
      expect(await second.json()).toMatchObject({ error: { code: 'call_id_not_found' } });
    });
  });
}

/**
 * Waits for the replies to what a client sends on its own when it connects. Returns the number of events so
 * far.
 */
async function settled(call: CallPage): Promise<number> {
  const { sent } = await call.recording();
  const updates = sent.filter(({ type }) => type === 'session.update').length;
  await expect.poll(async () => (await call.all('session.updated')).length).toBe(updates);
  return call.passAll();
}
