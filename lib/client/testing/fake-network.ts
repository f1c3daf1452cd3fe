import type { CallTicket, Receipt } from '@/lib/shared/contract';
import type { ErrorCode } from '@/lib/shared/errors';
import type { CallId } from '@/lib/shared/ids';

export interface SentRequest {
  path: string;
  body: unknown;
  headers: Record<string, string>;
  keepalive: boolean;
}

export type Answer = (request: SentRequest) => Response | Promise<Response>;

/** Where the ticket sends the offer. */
export const CALLS_URL = 'https://realtime.test/v1/realtime/calls';

export function ticketFor(callId: string, change: Partial<CallTicket> = {}): CallTicket {
  const nowMs = Date.now();
  return {
    callId: callId as CallId,
    secret: { value: 'ek_test', expiresAt: new Date(nowMs + 60_000).toISOString() },
    callUrl: CALLS_URL,
    agent: { name: 'ada', title: 'Ada' },
    tools: [
      { name: 'look_it_up', title: 'Look it up', needsApproval: false, changesData: false },
      { name: 'send_reminder', title: 'Send a reminder', needsApproval: true, changesData: true },
      { name: 'end_call', title: 'End the call', needsApproval: false, changesData: false },
    ],
    deadline: new Date(nowMs + 300_000).toISOString(),
    callSeconds: 300,
    greets: false,
    ...change,
  };
}

export const refusalWith = (code: ErrorCode, status: number, retryAfterSeconds?: number): Response =>
  Response.json(
    { error: { code, message: `Refused: ${code}`, requestId: 'r', retryAfterSeconds } },
    { status },
  );

/** Our server and the HTTP side of the Realtime server. Responds like the real ones; a test replaces single responses. */
export class FakeNetwork {
  readonly requests: SentRequest[] = [];
  #opened = 0;
  openCall: Answer = () => Response.json(ticketFor(`call_n${++this.#opened}`), { status: 201 });
  /** Another connection for the call of the path. */
  resume: Answer = ({ path }) => Response.json(ticketFor(path.split('/')[4] ?? ''), { status: 201 });
  connected: Answer = () => new Response(null, { status: 204 });
  /** The tool has no preview. */
  preview: Answer = () => Response.json({ ok: true, lines: [] });
  tool: Answer = () => Response.json({ ok: true, summary: 'Done.', data: null });
  end: Answer = ({ path, body }) => {
    const { reason } = body as Pick<Receipt, 'reason'>;
    const callId = (path.split('/')[4] ?? '') as CallId;
    return Response.json({ callId, reason, seconds: 12, secondsLeftToday: 500 } satisfies Receipt);
  };
  offer: Answer = () =>
    new Response('v=0 answer', { status: 201, headers: { Location: '/v1/realtime/calls/rtc_u0_test' } });

  readonly fetch = async (url: string | URL, init: RequestInit): Promise<Response> => {
    const text = String(init.body);
    const request: SentRequest = {
      path: String(url),
      body: text.startsWith('{') ? JSON.parse(text) : text,
      headers: Object.fromEntries(new Headers(init.headers)),
      keepalive: init.keepalive ?? false,
    };
    this.requests.push(request);
    const answer = Promise.resolve(this.#answerTo(request.path)(request));
    const aborted = new Promise<never>((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
    });
    return Promise.race([answer, aborted]);
  };

  /** Returns the requests whose path ends so. */
  to(ending: string): SentRequest[] {
    return this.requests.filter(({ path }) => path.endsWith(ending));
  }

  #answerTo(path: string): Answer {
    if (path === CALLS_URL) return this.offer;
    if (path.endsWith('/session')) return this.openCall;
    if (path.endsWith('/resume')) return this.resume;
    if (path.endsWith('/connected')) return this.connected;
    if (path.endsWith('/end')) return this.end;
    if (path.endsWith('/preview')) return this.preview;
    return this.tool;
  }
}
