import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quietCall, speechOf, useOf } from '../testing/observed-call.ts';
import { createJudge } from './judge.ts';
import type { Trial } from './results.ts';

interface Asked {
  model: string;
  instructions: string;
  input: string;
}

const asked: Asked[] = [];
/** The provider's Responses API, as far as the judge uses it. */
const server = createServer(async (request, response) => {
  asked.push((await json(request)) as Asked);
  const content = [{ type: 'output_text', text: ' The caller got it. ', annotations: [] }];
  const output = [{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content }];
  const usage = { input_tokens: 1000, output_tokens: 100, total_tokens: 1100 };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ id: 'resp_1', object: 'response', status: 'completed', output, usage }));
});
let baseURL = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => void server.close());

test('the judge reads the transcript, and costs what the dearest model costs when its price is not known', async () => {
  const trial: Trial = {
    ...{ scenario: 'sends', title: 'A caller sends a parcel', trial: 1, seconds: 20, checks: [] },
    call: {
      ...quietCall,
      acts: [{ kind: 'spoke', text: 'Send it.', fromMs: 0, untilMs: 500, over: 'silence' }],
      speeches: [{ ...speechOf('It is sent.'), fromMs: 2000 }],
      tools: [useOf('send_parcel')],
    },
    ...{ sound: null, opinion: null, levels: { caller: [], agent: [] } },
  };
  const judge = createJudge('judge-1', new OpenAI({ apiKey: 'sk-test', baseURL }));
  expect(await judge.ask(trial)).toEqual({ opinion: 'The caller got it.', microUsd: 1000 * 4 + 100 * 24 });
  expect(judge.mostMicroUsd).toBeGreaterThan(400 * 24);
  expect(asked[0]).toMatchObject({
    model: 'judge-1',
    input:
      'What the call is about: A caller sends a parcel\nCaller: Send it.\n(Tool send_parcel: done.)\nAgent: It is sent.',
  });
});
