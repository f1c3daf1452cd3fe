import type { CallApi } from '@/lib/client/api/call-api';
import { withDeadline } from '@/lib/client/api/with-deadline';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { CallTicket, EndReason, OpenCallRequest, Receipt } from '@/lib/shared/contract';
import type { ProviderCause } from '@/lib/shared/provider-cause';

const ROUTE_LIMIT_MS = 8_000;
/** With an offer, the server also waits for the provider's answer. */
const ANSWER_LIMIT_MS = 15_000;
/** How long a call waits for the end of those before it. A request that hangs must not shut out all that follow. */
const ENDING_LIMIT_MS = 7_000;
/** A secret with less time left than this is not used. */
const SECRET_MARGIN_MS = 3_000;

/** A direct attempt that failed costs what was reserved, a relayed one nothing: so it is relayed for a while. */
const RELAY_KEY = 'parley.relay-until';
const RELAY_FOR_MS = 10 * 60_000;

export interface HeldTicket {
  ticket: CallTicket;
  /** Until when the secret can be used, on this browser's clock. */
  freshUntilMs: number;
  /** When the server hangs up, on this browser's clock. */
  endsAtMs: number;
  request: Partial<OpenCallRequest>;
}

/** What an attempt leaves behind. */
interface Left {
  /** Its connection, as it goes. */
  released?: Promise<void>;
  /** Why the provider refused. */
  cause?: ProviderCause | null;
}

/**
 * The tickets of this page. None is forgotten: each is used, kept for the next attempt or given back. Tested in
 * `call/call-setup.test.ts`.
 */
export interface Tickets {
  /** Returns a kept ticket if it fits and is still fresh, otherwise a new one. Throws `CallFailure`. */
  take(request: Partial<OpenCallRequest>): Promise<HeldTicket>;
  isFresh(held: HeldTicket): boolean;
  /** Keeps a ticket, also one on its way, until its secret expires. `reason`: why, if no other attempt uses it. */
  keep(taken: Promise<HeldTicket>, reason: EndReason): void;
  /**
   * Ends the ticket's call at the server, also when the ticket is still on its way, and after the attempt has released
   * its connection.
   */
  giveBack(taken: Promise<HeldTicket>, reason: EndReason, left?: Left): void;
  giveBackKept(): void;
  /** An attempt failed lately in a way that cost time: the next one should be relayed. */
  wantsRelay(): boolean;
}

/** Translates a ticket's times to this browser's clock, which may differ: only lengths of time are taken from it. */
export function hold(ticket: CallTicket, request: Partial<OpenCallRequest>, nowMs: number): HeldTicket {
  const callMs = ticket.callSeconds * 1000;
  const issuedAtMs = Date.parse(ticket.deadline) - callMs;
  const secretMs = Date.parse(ticket.secret.expiresAt) - issuedAtMs;
  return {
    ticket,
    freshUntilMs: nowMs + (Number.isFinite(secretMs) ? secretMs : 0) - SECRET_MARGIN_MS,
    endsAtMs: nowMs + callMs,
    request,
  };
}

/** A kept ticket is reused if it was opened for the same agent and options, and is not used up. */
function fits(held: HeldTicket, { agent, options, relay = false }: Partial<OpenCallRequest>): boolean {
  if (held.ticket.answer !== undefined || relay !== (held.request.relay ?? false)) return false;
  const isSameAgent = agent === undefined || agent === held.ticket.agent.name;
  return isSameAgent && JSON.stringify(options ?? {}) === JSON.stringify(held.request.options ?? {});
}

interface Kept {
  taken: Promise<HeldTicket>;
  reason: EndReason;
  timer?: ReturnType<typeof setTimeout>;
}

/** `onSettled` gets the receipt of every ticket that was given back. */
export function createTickets(
  browser: CallBrowser,
  api: CallApi,
  onSettled: (receipt: Receipt) => void = () => {},
): Tickets {
  let kept: Kept | null = null;
  /** Calls being ended, if any. A user has one call at a time, so a new one is opened after them. */
  let ending: Promise<unknown> | null = null;

  const isFresh = (held: HeldTicket) => browser.now() < held.freshUntilMs;

  const giveBack: Tickets['giveBack'] = (taken, reason, { released, cause } = {}) => {
    const ended = Promise.all([taken, released])
      .then(([{ ticket }]) => api.endCall(ticket.callId, reason, { cause }))
      .then((receipt) => receipt !== null && settled(receipt))
      .catch(() => null);
    const bounded = withDeadline(ended, ENDING_LIMIT_MS).catch(() => null);
    const all = Promise.all([ending, bounded]).finally(() => {
      if (ending === all) ending = null;
    });
    ending = all;
  };

  function settled(receipt: Receipt): void {
    if (receipt.seconds > 0) browser.remember(RELAY_KEY, String(browser.now() + RELAY_FOR_MS));
    onSettled(receipt);
  }

  function takeKept(): Kept | null {
    const last = kept;
    clearTimeout(last?.timer);
    kept = null;
    return last;
  }

  async function open(request: Partial<OpenCallRequest>): Promise<HeldTicket> {
    const opened = ending === null ? api.openCall(request) : ending.then(() => api.openCall(request));
    const opening = opened.then((ticket) => hold(ticket, request, browser.now()));
    try {
      return await withDeadline(opening, request.offer === undefined ? ROUTE_LIMIT_MS : ANSWER_LIMIT_MS);
    } catch (error) {
      giveBack(opening, 'setup_failed');
      throw error;
    }
  }

  const giveBackKept = () => {
    const last = takeKept();
    if (last !== null) giveBack(last.taken, last.reason);
  };

  return {
    isFresh,
    giveBack,
    giveBackKept,
    wantsRelay: () => Number(browser.recall(RELAY_KEY)) > browser.now(),
    async take(request) {
      const last = takeKept();
      if (last === null) return open(request);
      const held = await last.taken.catch(() => null);
      if (!held) return open(request);
      if (fits(held, request) && isFresh(held)) return held;
      giveBack(last.taken, last.reason);
      return open(request);
    },
    keep(taken, reason) {
      giveBackKept();
      const keeping: Kept = { taken, reason };
      kept = keeping;
      taken
        .then((held) => {
          // The server has dialled already: nobody can use that connection.
          if (held.ticket.answer !== undefined) giveBackKept();
          else if (kept === keeping)
            keeping.timer = setTimeout(giveBackKept, held.freshUntilMs - browser.now());
        })
        .catch(() => {});
    },
  };
}
