import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { FIND_SLOTS, INSTRUCTIONS } from '../contract/find-slots.ts';
import { WireAudioReader, type WireFormat } from '../media/audio/wire-audio.ts';
import { startSandbox } from '../start-sandbox.ts';
import type { Sandbox } from '../suite/interfaces.mjs';
import { assertAsRecorded } from '../testing/recorded-content.ts';
import { assertReadableBySdk } from '../testing/sdk-schema.ts';
import { readRecording, silence, toFrames } from './recordings.ts';

const KEY = `sk-sandbox-${randomBytes(16).toString('hex')}`;
const MODEL = 'gpt-realtime-2.1';
const FREE_ON_FRIDAY = 'what-is-free-on-friday';
const SLOTS = { ok: true, summary: 'On Friday we have nine thirty and eleven.' };
const AUDIBLE = 1_000;

// Speech on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(KEY);
});
afterAll(() => sandbox.stop());

/** A recorded sentence between two silences, as frames. */
const spoken = async (name: string, format: WireFormat = 'audio/pcm'): Promise<string[]> => [
  ...toFrames([silence(500), await readRecording(name), silence(1_500)], format),
];

/** Milliseconds of audible sound. */
function audibleMs(chunks: readonly string[], format: WireFormat): number {
  const reader = new WireAudioReader(format);
  return (
    chunks.flatMap((chunk) => [...reader.read(chunk)]).filter((sample) => Math.abs(sample) > AUDIBLE).length /
    48
  );
}

/** A session of the `openai` package, which insists on TLS, with all that it received. */
class Client {
  readonly rt: OpenAIRealtimeWS;
  readonly events: RealtimeServerEvent[] = [];

  constructor(props: { model: string } | { intent: 'transcription' }) {
    const client = new OpenAI({ apiKey: KEY, baseURL: sandbox.baseUrl });
    this.rt = new OpenAIRealtimeWS({ ...props, options: { ca: sandbox.certificate } }, client);
    this.rt.on('event', (event) => this.events.push(event));
    this.rt.on('error', (error) => {
      throw error;
    });
  }

  async next<T extends RealtimeServerEvent['type']>(
    type: T,
  ): Promise<Extract<RealtimeServerEvent, { type: T }>> {
    for (;;) {
      const event = this.events.find((one) => one.type === type);
      if (event) {
        this.events.splice(0, this.events.indexOf(event) + 1);
        return event as Extract<RealtimeServerEvent, { type: T }>;
      }
      await once(this.rt.socket, 'message');
    }
  }

  /** Sends frames, a few at a time, so that answers can come in between. */
  async hear(frames: readonly string[]): Promise<void> {
    for (const [index, audio] of frames.entries()) {
      this.rt.send({ type: 'input_audio_buffer.append', audio });
      if (index % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

const SESSION = {
  type: 'realtime' as const,
  instructions: INSTRUCTIONS,
  tools: [{ type: 'function' as const, ...FIND_SLOTS }],
};

/** Answers the call of the tool, and returns all audio of the reply. */
async function answerTool(client: Client): Promise<{ audio: string[]; transcript: string }> {
  const call = await client.next('response.function_call_arguments.done');
  expect(call.name).toBe('find_slots');
  expect(call.arguments).toMatch(/friday/i);
  await client.next('response.done');
  client.rt.send({
    type: 'conversation.item.create',
    item: { type: 'function_call_output', call_id: call.call_id, output: JSON.stringify(SLOTS) },
  });
  client.rt.send({ type: 'response.create' });
  const audio: string[] = [];
  client.rt.on('response.output_audio.delta', ({ delta }) => audio.push(delta));
  const { transcript } = await client.next('response.output_audio_transcript.done');
  await client.next('response.done');
  return { audio, transcript };
}

test('the Agents SDK over WebSocket holds a spoken turn with a tool', async () => {
  const days: string[] = [];
  const findSlots = tool({
    ...FIND_SLOTS,
    parameters: z.object({ day: z.string() }),
    execute: async ({ day }) => {
      days.push(day);
      return JSON.stringify(SLOTS);
    },
  });
  const agent = new RealtimeAgent({ name: 'Wren', instructions: INSTRUCTIONS, tools: [findSlots] });
  const transport = new OpenAIRealtimeWebSocket({
    url: `${sandbox.baseUrl.replace('http', 'ws')}/realtime?model=${MODEL}`,
  });
  const session = new RealtimeSession(agent, { transport, model: MODEL });
  const errors: unknown[] = [];
  const audio: string[] = [];
  session.on('error', (error) => errors.push(error));
  session.on('audio', ({ data }) => audio.push(Buffer.from(data).toString('base64')));
  session.on('transport_event', (event) => {
    assertReadableBySdk(event);
    assertAsRecorded(event as RealtimeServerEvent);
  });
  await session.connect({ apiKey: KEY });
  const answered = new Promise<string>((resolve) => {
    session.on('agent_end', (_context, _agent, text) => text && resolve(text));
  });
  for (const frame of await spoken(FREE_ON_FRIDAY)) {
    const bytes = Buffer.from(frame, 'base64');
    session.sendAudio(new Uint8Array(bytes).buffer);
  }
  expect(await answered).toMatch(/nine thirty/i);
  expect(days).toEqual([expect.stringMatching(/friday/i)]);
  expect(audibleMs(audio, 'audio/pcm')).toBeGreaterThan(700);
  expect(errors).toEqual([]);
  session.close();
});

test('the openai package’s socket holds a spoken turn with a tool', async () => {
  const client = new Client({ model: MODEL });
  await client.next('session.created');
  client.rt.send({ type: 'session.update', session: SESSION });
  await client.next('session.updated');
  await client.hear(await spoken(FREE_ON_FRIDAY));
  await client.next('input_audio_buffer.speech_stopped');
  const { audio, transcript } = await answerTool(client);
  expect(transcript).toMatch(/nine thirty/i);
  expect(audibleMs(audio, 'audio/pcm')).toBeGreaterThan(700);
  client.rt.close();
});

test('manual turns: audio, commit, response.create', async () => {
  const client = new Client({ model: MODEL });
  await client.next('session.created');
  const audio = { input: { turn_detection: null } };
  client.rt.send({ type: 'session.update', session: { ...SESSION, audio } });
  await client.next('session.updated');
  await client.hear(await spoken(FREE_ON_FRIDAY));
  client.rt.send({ type: 'input_audio_buffer.commit' });
  client.rt.send({ type: 'response.create' });
  const { transcript } = await answerTool(client);
  expect(transcript).toMatch(/nine thirty/i);
  client.rt.close();
});

/**
 * What a bridge for Twilio Media Streams does: µ-law, 8 kHz, frames of 160 bytes in real time in both directions, and
 * the announcement of the caller's barge-in.
 */
test('a telephone bridge: µ-law frames of 20 ms both ways, understood on both ends', async () => {
  const format = { type: 'audio/pcmu' as const };
  const client = new Client({ model: MODEL });
  await client.next('session.created');
  client.rt.send({
    type: 'session.update',
    session: { ...SESSION, audio: { input: { format }, output: { format, voice: 'cedar' } } },
  });
  await client.next('session.updated');
  const caller = await spoken(FREE_ON_FRIDAY, 'audio/pcmu');
  expect(Buffer.from(caller[10] ?? '', 'base64')).toHaveLength(160);
  await client.hear(caller);
  const { audio } = await answerTool(client);
  const toCaller = Buffer.concat(audio.map((chunk) => Buffer.from(chunk, 'base64')));
  const frames = Array.from({ length: Math.floor(toCaller.length / 160) }, (_, index) =>
    toCaller.subarray(index * 160, (index + 1) * 160).toString('base64'),
  );
  expect(audibleMs(frames, 'audio/pcmu')).toBeGreaterThan(700);
  client.rt.close();

  // The telephone's other end understands the reply.
  const listener = new Client({ intent: 'transcription' });
  await listener.next('session.created');
  const transcription = { model: 'gpt-4o-transcribe' };
  listener.rt.send({
    type: 'session.update',
    session: { type: 'transcription', audio: { input: { format, transcription } } },
  });
  await listener.next('session.updated');
  const quiet = [...toFrames([silence(1_000)], 'audio/pcmu')];
  await listener.hear([...quiet, ...frames, ...quiet, ...quiet]);
  const { transcript } = await listener.next('conversation.item.input_audio_transcription.completed');
  expect(transcript).toMatch(/friday/i);
  listener.rt.close();
});

test('the openai package’s browser socket works with NODE_EXTRA_CA_CERTS', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const certificate = join(folder, 'sandbox.pem');
  await writeFile(certificate, sandbox.certificate);
  const flags = 'WebSocket' in globalThis ? [] : ['--experimental-websocket'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, fileURLToPath(new URL('./whatwg-client.mjs', import.meta.url))],
    {
      env: {
        ...process.env,
        OPENAI_API_KEY: KEY,
        OPENAI_BASE_URL: sandbox.baseUrl,
        NODE_EXTRA_CA_CERTS: certificate,
      },
    },
  );
  await rm(folder, { recursive: true });
  expect(stdout).toContain('offline sandbox');
});
