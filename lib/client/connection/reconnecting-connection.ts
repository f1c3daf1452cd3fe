import type { CallApi } from '@/lib/client/api/call-api';
import { CallFailure } from '@/lib/client/api/call-failure';
import { type HeldTicket, hold } from '@/lib/client/api/tickets';
import { within } from '@/lib/client/api/within';
import type { Connection } from '@/lib/client/connection/connection';
import { firstAttempt, resume } from '@/lib/client/connection/reconnect';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { Reconnect } from '@/lib/client/state/call-state';
import type { CallTicket, EndReason } from '@/lib/shared/contract';

const CONNECT_LIMIT_MS = 20_000;
/** A server that hangs up this shortly before our own clock says so did it for the time limit. */
const DEADLINE_MARGIN_MS = 3_000;

interface ReconnectingConnectionOptions {
  browser: CallBrowser;
  api: CallApi;
  ticket: CallTicket;
  /** When the server hangs up, on this browser's clock. */
  endsAtMs: number;
  /** Makes one connection; `onLost` must be called when it is gone. */
  createVoice: (ticket: CallTicket, onLost: () => void) => Connection;
  onDropped: (reconnect: Reconnect) => void;
  onAttempt: (reconnect: Reconnect) => void;
  /** Another connection took the place of the dropped one. */
  onRestored: (voice: Connection, ticket: CallTicket) => void;
  /** No connection will come any more. */
  onOver: (reason: EndReason) => void;
}

/** The line of a call: one connection after another, for as long as the call lives. */
export interface ReconnectingConnection {
  /** The connection that is up; `null` while another one is being set up. */
  voice(): Connection | null;
  /** @throws CallFailure, or the signal's reason. */
  connect(signal: AbortSignal): Promise<void>;
  /** `hungUp` settles when the server has hung up. */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

export function createReconnectingConnection(options: ReconnectingConnectionOptions): ReconnectingConnection {
  const { browser, api, ticket, createVoice } = options;
  const closed = new AbortController();
  let voice = createVoice(ticket, onLost);
  let isUp = true;
  /** Connections under way, for the end to wait for. */
  let leaving: Promise<unknown> = Promise.resolve();

  /** A ticket that no connection came about with. The server gives no other one for it, as long as it may be used. */
  let spare: HeldTicket | null = null;

  async function takeTicket(): Promise<HeldTicket> {
    try {
      const resumed = await api.resumeCall(ticket.callId);
      return hold(resumed, {}, browser.now());
    } catch (error) {
      const isRefused = error instanceof CallFailure && error.refusal.code === 'not_resumable';
      if (isRefused && spare !== null && browser.now() < spare.freshUntilMs) return spare;
      throw error;
    }
  }

  async function reconnect(): Promise<{ next: Connection; ticket: CallTicket }> {
    const held = await takeTicket();
    closed.signal.throwIfAborted();
    spare = held;
    const next = createVoice(held.ticket, onLost);
    try {
      await within(next.connect(closed.signal), CONNECT_LIMIT_MS, closed.signal);
    } catch (error) {
      leaving = Promise.all([leaving, next.close()]);
      throw error;
    }
    spare = null;
    return { next, ticket: held.ticket };
  }

  async function replace(): Promise<void> {
    const { reconnect: first, pausesMs } = firstAttempt(browser);
    options.onDropped(first);
    const resumed = await resume(
      { browser, connect: reconnect, onAttempt: options.onAttempt, signal: closed.signal },
      pausesMs,
    );
    if (closed.signal.aborted) return;
    if ('over' in resumed) {
      options.onOver(resumed.over);
      return;
    }
    voice = resumed.line.next;
    isUp = true;
    options.onRestored(voice, resumed.line.ticket);
  }

  function onLost(): void {
    if (!isUp || closed.signal.aborted) return;
    isUp = false;
    void voice.close();
    if (browser.now() >= options.endsAtMs - DEADLINE_MARGIN_MS) {
      options.onOver('time_limit');
      return;
    }
    // It rejects only when the call is over meanwhile.
    replace().catch(() => {});
  }

  return {
    voice: () => (isUp ? voice : null),
    connect: (signal) => voice.connect(signal),
    close(hungUp) {
      closed.abort();
      return Promise.all([voice.close(hungUp), leaving]).then(() => {});
    },
  };
}
