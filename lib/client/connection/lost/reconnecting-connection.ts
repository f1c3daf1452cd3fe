import type { CallApi } from '@/lib/client/api/call-api';
import { CallFailure, causeOf } from '@/lib/client/api/call-failure';
import { type HeldTicket, hold } from '@/lib/client/api/tickets';
import { withDeadline } from '@/lib/client/api/with-deadline';
import type { Connection } from '@/lib/client/connection/connection';
import { reconnect } from '@/lib/client/connection/lost/reconnect';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { Reconnect } from '@/lib/client/state/call-state';
import type { CallTicket, EndReason } from '@/lib/shared/contract';
import type { ProviderCause } from '@/lib/shared/provider-cause';

const CONNECT_LIMIT_MS = 20_000;
/** A server that hangs up this shortly before our own clock says so did it for the time limit. */
const DEADLINE_MARGIN_MS = 3_000;

interface ReconnectingConnectionOptions {
  browser: CallBrowser;
  api: CallApi;
  ticket: CallTicket;
  /** When the server hangs up, on this browser's clock. */
  endsAtMs: number;
  /** Makes one connection, which calls `onLost` when it is gone. */
  openConnection: (ticket: CallTicket, onLost: () => void) => Connection;
  onDropped: (reconnect: Reconnect) => void;
  onAttempt: (reconnect: Reconnect) => void;
  /** A new connection took the place of the dropped one. */
  onRestored: (connection: Connection, ticket: CallTicket) => void;
  /** An attempt was refused. `cause`: by the provider, and why. */
  onRefused: (cause: ProviderCause | null) => void;
  /** There will be no other connection. */
  onOver: (reason: EndReason) => void;
}

/** The connections of a call, one after another, for as long as the call lives. Tested in `reconnect.test.ts`. */
export interface ReconnectingConnection {
  /** Returns the connection that is up; `null` while a new one is being set up. */
  current(): Connection | null;
  /** Throws `CallFailure`, or the signal's reason. */
  connect(signal: AbortSignal): Promise<void>;
  /** `hungUp` settles when the server has hung up. */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

export function createReconnectingConnection(options: ReconnectingConnectionOptions): ReconnectingConnection {
  const { browser, api, ticket, openConnection } = options;
  const closed = new AbortController();
  let connection = openConnection(ticket, onLost);
  let isUp = true;
  /** Failed connections that are still closing. The end waits for them. */
  let leaving: Promise<unknown> = Promise.resolve();
  /** The ticket of a failed attempt. The server gives out no other one as long as it can be used. */
  let spare: HeldTicket | null = null;

  async function takeTicket(): Promise<HeldTicket> {
    try {
      return hold(await api.resumeCall(ticket.callId), {}, browser.now());
    } catch (error) {
      const isRefused = error instanceof CallFailure && error.refusal.code === 'not_resumable';
      if (isRefused && spare !== null && browser.now() < spare.freshUntilMs) return spare;
      throw error;
    }
  }

  async function connectNext(): Promise<{ next: Connection; ticket: CallTicket }> {
    const held = await takeTicket();
    closed.signal.throwIfAborted();
    spare = held;
    const next = openConnection(held.ticket, onLost);
    try {
      await withDeadline(next.connect(closed.signal), CONNECT_LIMIT_MS, closed.signal);
    } catch (error) {
      leaving = Promise.all([leaving, next.close()]);
      throw error;
    }
    spare = null;
    return { next, ticket: held.ticket };
  }

  async function replace(): Promise<void> {
    const { signal } = closed;
    let show = options.onDropped;
    const outcome = await reconnect({
      browser,
      connect: () =>
        connectNext().catch((error: unknown) => {
          options.onRefused(causeOf(error));
          throw error;
        }),
      onAttempt(next) {
        show(next);
        show = options.onAttempt;
      },
      signal,
    });
    if (signal.aborted) return;
    if ('over' in outcome) {
      options.onOver(outcome.over);
      return;
    }
    connection = outcome.connected.next;
    isUp = true;
    options.onRestored(connection, outcome.connected.ticket);
  }

  function onLost(): void {
    if (!isUp || closed.signal.aborted) return;
    isUp = false;
    void connection.close();
    if (browser.now() >= options.endsAtMs - DEADLINE_MARGIN_MS) {
      options.onOver('time_limit');
      return;
    }
    replace().catch((error: unknown) => {
      // The call ended meanwhile. Anything else must not leave it between two connections.
      if (closed.signal.aborted) return;
      browser.reportError(error);
      options.onOver('connection_lost');
    });
  }

  return {
    current: () => (isUp ? connection : null),
    connect: (signal) => connection.connect(signal),
    close(hungUp) {
      closed.abort();
      return Promise.all([connection.close(hungUp), leaving]).then(() => {});
    },
  };
}
