import { FaultPlan } from '../control/fault-plan.ts';
import { KeyRing } from '../http/bearer.ts';
import { RealtimeServer } from '../http/realtime-server.ts';
import { Scopes } from '../http/scopes.ts';
import type { Mind } from '../mind/interfaces.ts';
import { startMemory } from '../mind/memory.ts';
import { NO_PAUSES } from '../protocol/responses/pace.ts';
import { ScriptedMedia } from './scripted-media.ts';
import { ScriptedMind } from './scripted-mind.ts';

export const API_KEY = 'sk-test-key';
export const OFFER =
  'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';

/** The real HTTP server on a free port, with scripted media and mind behind it. */
export class HttpHarness {
  readonly media = new ScriptedMedia();
  readonly mind = new ScriptedMind();
  readonly #server: RealtimeServer;
  baseUrl = '';

  constructor(
    options: {
      apiKey?: string | null;
      faults?: FaultPlan;
      profile?: FaultPlan;
      maxCalls?: number;
      /** In the place of the scripted one. */
      mind?: Mind;
    } = {},
  ) {
    const scopes = new Scopes(
      {
        keys: new KeyRing(options.apiKey === undefined ? API_KEY : options.apiKey),
        pace: NO_PAUSES,
        maxSessionSeconds: 3_600,
        mcpHosts: [],
        media: Promise.resolve(this.media),
        mind: options.mind ?? this.mind,
        startMemory,
      },
      {
        maxCalls: options.maxCalls ?? 20,
        faults: FaultPlan.parse(options.faults ?? {}),
        profile: options.profile ?? {},
      },
    );
    this.#server = new RealtimeServer(scopes);
  }

  async start(): Promise<this> {
    this.baseUrl = await this.#server.listen(0, '127.0.0.1');
    return this;
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  /** A POST with JSON and the API key by default. */
  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** A response as JSON of the shape the test expects. */
  async json<T>(response: Promise<Response>): Promise<T> {
    return (await response).json() as Promise<T>;
  }

  async mint(body: object = {}, headers: Record<string, string> = {}): Promise<string> {
    const { value } = await this.json<{ value: string }>(
      this.post('/realtime/client_secrets', body, headers),
    );
    return value;
  }

  offer(bearer: string, sdp = OFFER): Promise<Response> {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/sdp' };
    return this.post('/realtime/calls', sdp, headers);
  }

  async openCall(): Promise<string> {
    const response = await this.offer(await this.mint());
    return response.headers.get('location')?.split('/').pop() ?? '';
  }

  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, this.baseUrl), {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
