import { setTimeout as delay } from 'node:timers/promises';
import { readHeard, readSaid } from './call-words.ts';
import type { RecordedCall, SandboxScope } from './interfaces.mjs';

const POLL_MS = 50;
const WAIT_MS = 10_000;

/** Opens a scope of the sandbox at `baseUrl`. */
export async function openScope(baseUrl: string, apiKey: string): Promise<SandboxScope> {
  const response = await send(baseUrl, apiKey, 'POST', '/__sandbox/scopes');
  const opened = (await response.json()) as { apiKey: string };
  return new Scope(baseUrl, opened.apiKey);
}

/** @throws Error with the sandbox's words */
async function send(
  baseUrl: string,
  apiKey: string,
  method: string,
  path: string,
  body?: object,
): Promise<Response> {
  const response = await fetch(new URL(path, baseUrl), {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.ok) return response;
  throw new Error(`The sandbox refused ${method} ${path}: ${response.status} ${await response.text()}`);
}

class Scope implements SandboxScope {
  readonly baseUrl: string;
  readonly apiKey: string;

  constructor(baseUrl: string, apiKey: string) {
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
  }

  async mint(session: object = {}): Promise<string> {
    const policy = { type: 'realtime', ...session };
    const response = await this.#send('POST', '/v1/realtime/client_secrets', { session: policy });
    return ((await response.json()) as { value: string }).value;
  }

  async faults(plan: object): Promise<void> {
    await this.#send('POST', '/__sandbox/faults', plan);
  }

  async endFaults(): Promise<void> {
    await this.#send('DELETE', '/__sandbox/faults');
  }

  async advance(ms: number): Promise<void> {
    await this.faults({ clock: { advanceMs: ms } });
  }

  async calls(): Promise<RecordedCall[]> {
    const response = await this.#send('GET', '/__sandbox/calls');
    return ((await response.json()) as { calls: RecordedCall[] }).calls;
  }

  async waitForCall(
    predicate: (call: RecordedCall) => boolean = ({ connected }) => connected,
    { timeoutMs = WAIT_MS }: { timeoutMs?: number } = {},
  ): Promise<RecordedCall> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const calls = await this.calls();
      const call = calls.findLast(predicate);
      if (call) return call;
      if (Date.now() > until) throw new Error(`No such call within ${timeoutMs} ms. ${describe(calls)}`);
      await delay(POLL_MS);
    }
  }

  async said(callId?: string): Promise<string[]> {
    return readSaid(await this.#call(callId));
  }

  async heard(callId?: string): Promise<string[]> {
    return readHeard(await this.#call(callId));
  }

  async synthesise(text: string, options: { voice?: string; speed?: number } = {}): Promise<Uint8Array> {
    const response = await this.#send('POST', '/__sandbox/speech', { text, ...options });
    return new Uint8Array(await response.arrayBuffer());
  }

  async end(): Promise<void> {
    await this.#send('DELETE', '/__sandbox/scopes');
  }

  async #call(callId: string | undefined): Promise<RecordedCall> {
    const calls = await this.calls();
    const call = callId === undefined ? calls.at(-1) : calls.find(({ id }) => id === callId);
    if (call) return call;
    throw new Error(callId === undefined ? 'There is no call in this scope.' : `There is no call ${callId}.`);
  }

  #send(method: string, path: string, body?: object): Promise<Response> {
    return send(this.baseUrl, this.apiKey, method, path, body);
  }
}

function describe(calls: readonly RecordedCall[]): string {
  if (calls.length === 0) return 'There was none.';
  const lines = calls.map(({ id, connected, closeReason, events }) => {
    const state = closeReason ? `ended: ${closeReason}` : connected ? 'connected' : 'not connected';
    return `${id} (${state}, last event ${events.at(-1)?.type ?? 'none'})`;
  });
  return `There were: ${lines.join('; ')}.`;
}
