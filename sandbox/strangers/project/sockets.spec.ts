import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { expect } from '@playwright/test';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { z } from 'zod';
import { TOOL, test } from './fixtures';

const MODEL = 'gpt-realtime-2.1';
const RESULT = JSON.stringify({ summary: 'On Friday we have nine thirty and eleven.' });
const WAV_HEADER_BYTES = 44;

/** What these clients send: 24 kHz, half of what the sandbox's WAV files have, with a second of silence at the end. */
function toPieces(wav: Uint8Array): Buffer[] {
  const view = new DataView(wav.buffer, wav.byteOffset + WAV_HEADER_BYTES);
  const samples = Math.floor(view.byteLength / 4);
  const pcm = Buffer.alloc((samples + 24_000) * 2);
  for (let index = 0; index < samples; index += 1)
    pcm.writeInt16LE(view.getInt16(index * 4, true), index * 2);
  return Array.from({ length: Math.ceil(pcm.length / 4_800) }, (_, at) =>
    pcm.subarray(at * 4_800, (at + 1) * 4_800),
  );
}

test('the Agents SDK over WebSocket holds a spoken turn with a tool', async ({ realtime }) => {
  const days: string[] = [];
  const findSlots = tool({
    ...TOOL,
    parameters: z.object({ day: z.string() }),
    execute: async ({ day }) => {
      days.push(day);
      return RESULT;
    },
  });
  const agent = new RealtimeAgent({
    name: 'Wren',
    instructions: 'You run a repair shop.',
    tools: [findSlots],
  });
  const url = `${realtime.baseUrl.replace('http', 'ws')}/realtime?model=${MODEL}`;
  const session = new RealtimeSession(agent, {
    transport: new OpenAIRealtimeWebSocket({ url }),
    model: MODEL,
  });
  await session.connect({ apiKey: realtime.apiKey });
  for (const piece of toPieces(await realtime.synthesise('What is free on Friday?'))) {
    session.sendAudio(new Uint8Array(piece).buffer);
  }
  await expect
    .poll(() => realtime.heard(), { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(/nine thirty/i));
  expect(days).toEqual([expect.stringMatching(/friday/i)]);
  session.close();
});

test('openai’s socket client holds a spoken turn with a tool', async ({ realtime, sandbox }) => {
  const client = new OpenAI({ apiKey: realtime.apiKey, baseURL: sandbox.baseUrl });
  const rt = new OpenAIRealtimeWS({ model: MODEL, options: { ca: sandbox.certificate } }, client);
  rt.on('response.function_call_arguments.done', ({ call_id }) => {
    rt.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id, output: RESULT },
    });
    rt.once('response.done', () => rt.send({ type: 'response.create' }));
  });
  await new Promise<unknown>((resolve) => rt.once('session.created', resolve));
  rt.send({ type: 'session.update', session: { type: 'realtime', tools: [{ type: 'function', ...TOOL }] } });
  for (const piece of toPieces(await realtime.synthesise('What is free on Friday?'))) {
    rt.send({ type: 'input_audio_buffer.append', audio: piece.toString('base64') });
  }
  await expect
    .poll(() => realtime.heard(), { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(/nine thirty/i));
  rt.close();
});
