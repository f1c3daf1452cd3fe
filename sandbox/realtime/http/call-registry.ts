import type { RealtimeCall } from '../protocol/call.ts';
import type { CallLog, CloseReason } from '../protocol/call-log.ts';
import { ApiError } from '../protocol/events/api-error.ts';

const MAX_FINISHED = 50;
/** As long as a client tries to replace a lost connection. */
const A_MOMENT_MS = 60_000;

/** The live calls, and the logs of the last finished ones. */
export class CallRegistry {
  #live = new Map<string, RealtimeCall>();
  #finished: CallLog[] = [];
  #opening = 0;
  readonly #maxCalls: number;

  constructor(maxCalls: number) {
    this.#maxCalls = maxCalls;
  }

  /** Reserves a place while a call opens. @throws ApiError 429 when all are taken */
  async withPlace<T>(open: () => Promise<T>): Promise<T> {
    if (this.#live.size + this.#opening >= this.#maxCalls) {
      const message = `The sandbox holds at most ${this.#maxCalls} calls at once.`;
      throw new ApiError(429, 'rate_limit_exceeded', message);
    }
    this.#opening += 1;
    try {
      return await open();
    } finally {
      this.#opening -= 1;
    }
  }

  add(call: RealtimeCall): void {
    this.#live.set(call.id, call);
  }

  finish(call: RealtimeCall): void {
    if (!this.#live.delete(call.id)) return;
    this.#finished.push(call.log);
    if (this.#finished.length > MAX_FINISHED) this.#finished.shift();
  }

  /** Whether this user was connected until a moment ago: then their browser goes on with what it has learned. */
  isContinued(safetyIdentifier: string | null): boolean {
    if (safetyIdentifier === null) return false;
    return this.#finished.some(
      (log) =>
        log.safetyIdentifier === safetyIdentifier &&
        log.connected &&
        Date.now() - Date.parse(log.endedAt ?? '') < A_MOMENT_MS,
    );
  }

  /** @throws ApiError 404 `call_id_not_found` for an ended or unknown call */
  get(callId: string): RealtimeCall {
    const call = this.#live.get(callId);
    if (call) return call;
    throw new ApiError(404, 'call_id_not_found', 'No session found for the provided call_id', '');
  }

  get live(): RealtimeCall[] {
    return [...this.#live.values()];
  }

  get logs(): CallLog[] {
    return [...this.#finished, ...this.live.map((call) => call.log)];
  }

  endAll(reason: CloseReason): void {
    for (const call of this.live) call.end(reason);
  }
}
