import type { Target } from './target.ts';

export interface CallLog {
  id: string;
  safetyIdentifier: string | null;
  connected: boolean;
  closeReason: string | null;
  audioSecondsReceived: number;
  events: { from: string; type: string }[];
}

/** What a server does with its API key. */
export class Api {
  readonly target: Target;

  constructor(target: Target) {
    this.target = target;
  }

  get callsUrl(): string {
    return `${this.target.baseUrl}/realtime/calls`;
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.target.baseUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.target.apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async mint(session: object, headers: Record<string, string> = {}): Promise<string> {
    const body = { expires_after: { anchor: 'created_at', seconds: 60 }, session };
    const response = await this.post('/realtime/client_secrets', body, headers);
    if (!response.ok) throw new Error(`No secret: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { value: string }).value;
  }

  hangUp(callId: string | null): Promise<Response> {
    return this.post(`/realtime/calls/${callId}/hangup`);
  }

  /** Only the sandbox reports calls. */
  async callLog(callId: string | null): Promise<CallLog> {
    const log = (await this.callLogs()).find(({ id }) => id === callId);
    if (!log) throw new Error('The sandbox does not know this call.');
    return log;
  }

  /** The newest last. */
  async callLogs(): Promise<CallLog[]> {
    const response = await this.#control('GET', 'calls');
    return ((await response.json()) as { calls: CallLog[] }).calls;
  }

  /** Only the sandbox can be made to fail. */
  async order(faults: object): Promise<void> {
    const response = await this.#control('POST', 'faults', faults);
    if (!response.ok) throw new Error(`No such fault: ${await response.text()}`);
  }

  /** Clears the faults, so that a failed test does not disturb the next one. */
  async endFaults(): Promise<void> {
    if (!this.target.isLive) await this.#control('DELETE', 'faults');
  }

  #control(method: string, what: string, body?: object): Promise<Response> {
    return fetch(new URL(`/__sandbox/${what}`, this.target.baseUrl), {
      method,
      headers: { authorization: `Bearer ${this.target.apiKey}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }
}
