import type { CallApi } from '@/lib/client/api/call-api';
import { overReason } from '@/lib/client/api/call-failure';
import type { HeldTicket } from '@/lib/client/api/tickets';
import type { Approvals } from '@/lib/client/call/approvals';
import type { EngineContext } from '@/lib/client/call/engine-context';
import type { LiveAudio } from '@/lib/client/call/live-audio';
import type { Connection } from '@/lib/client/connection/connection';
import type { SdkChunk } from '@/lib/client/connection/load-sdk';
import { createReconnectingConnection } from '@/lib/client/connection/lost/reconnecting-connection';
import { createTypedTexts } from '@/lib/client/connection/lost/typed-texts';
import type { PreparedPeer } from '@/lib/client/connection/prepared-peer';
import type { RunTool } from '@/lib/client/connection/sdk-tools';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import type { LiveCallState, Reconnect, TrackedCall } from '@/lib/client/state/call-state';
import { isAskingApproval, isHeardInPart } from '@/lib/client/state/reduce-live';
import { type SeedItem, seedItems, toolItems, WORDS_LOST, wordsToGoOn } from '@/lib/client/state/replay';
import type { CallTicket, EndReason } from '@/lib/shared/contract';
import type { RtcCallId } from '@/lib/shared/ids';
import type { ProviderCause } from '@/lib/shared/provider-cause';

export interface LiveConnectionOptions {
  context: EngineContext;
  dispatch: (event: CallEvent) => void;
  inspect: InspectRecorder;
  api: CallApi;
  held: HeldTicket;
  sdk: SdkChunk;
  /** For the first connection. */
  peer: PreparedPeer;
  devices: LiveAudio;
  approvals: Approvals;
  runTool: RunTool;
  /** `null` while the call is not up. */
  live: () => LiveCallState | null;
  onServerEvent: (event: ServerEvent) => void;
  /** The provider refused another connection. */
  onRefused: (cause: ProviderCause | null) => void;
  onOver: (reason: EndReason) => void;
}

/**
 * The connection of one call, and what a replacement takes over from the one before. Tested in
 * `connection/lost/reconnect.test.ts`.
 */
export interface LiveConnection {
  /** Returns the connection that is up; `null` while a new one is being set up. */
  current(): Connection | null;
  /** Throws `CallFailure`, or the signal's reason. */
  connect(signal: AbortSignal): Promise<void>;
  /** Interrupts the agent. A text that the server has not confirmed when the connection drops is sent on the next one. */
  sendText(text: string): void;
  /** `hungUp` settles when the server has hung up. */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

const isAgentsTurn = (call: LiveCallState | null) =>
  call?.turn === 'thinking' || call?.turn === 'agent_speaking';

/** Reports the provider's call id, so that the server can hang up. */
async function report({ api, held, onOver }: LiveConnectionOptions, rtcCallId: RtcCallId): Promise<void> {
  try {
    await api.reportConnected(held.ticket.callId, rtcCallId);
  } catch (error) {
    // A report that does not get through leaves the call up: the server's deadline settles it.
    const over = overReason(error);
    if (over !== null) onOver(over);
  }
}

/**
 * What the agent is to say on the next connection: what it was about to, or that it lost what the user was saying. That is due
 * until the agent has said it, because a connection that was just restored may drop as well.
 */
function createDue() {
  let due: 'response' | 'question' | null = null;
  let isBegun = false;
  let runningTools = 0;
  return {
    /** A second response begins only after the first. */
    begun(): void {
      if (isBegun || due !== 'question') due = null;
      isBegun = due !== null;
    },
    dropped(state: TrackedCall, call: LiveCallState | null): void {
      const isSaid = isBegun && !isAgentsTurn(call);
      if (isSaid) due = null;
      isBegun = false;
      if (isHeardInPart(state)) due = 'question';
      else if (isAgentsTurn(call) || isAskingApproval(state)) due ??= 'response';
    },
    /** A tool that still runs brings its own response. One before it would not know of the tool, and run it again. */
    whileRunning<Reply>(tool: Promise<Reply>): Promise<Reply> {
      runningTools++;
      return tool.finally(() => runningTools--);
    },
    /** Returns what to tell the agent before it speaks; `null` when it is not to speak now. */
    words({ transcript }: TrackedCall): SeedItem[] | null {
      if (due === null || (due === 'response' && runningTools > 0)) return null;
      return due === 'question' ? [WORDS_LOST] : wordsToGoOn(transcript);
    },
  };
}

/** The first words on a connection are heard by the open microphone, as a greeting is. */
function letSpeakFirst(
  { devices, live }: LiveConnectionOptions,
  connection: Connection,
  told: readonly SeedItem[],
): void {
  if (live()?.microphone !== 'none') devices.greeting.begin();
  connection.seed(told);
  connection.requestResponse();
}

export function createLiveConnection(options: LiveConnectionOptions): LiveConnection {
  const { context, dispatch, api, held, devices, approvals, live, onOver } = options;
  const texts = createTypedTexts({ connection: () => reconnecting.current(), dispatch });
  const due = createDue();

  /** A reply whose connection is gone goes to the next one, which was seeded without it. */
  async function runTool(from: Connection, ...[name, toolCallId, args]: Parameters<RunTool>) {
    const reply = await due.whileRunning(options.runTool(name, toolCallId, args));
    const current = reconnecting.current();
    if (current !== null && current !== from) {
      letSpeakFirst(options, current, toolItems(toolCallId, { name, arguments: args, reply }));
    }
    return reply;
  }

  let prepared: PreparedPeer | null = options.peer;
  function takePeer(): PreparedPeer {
    const { microphone, speaker } = devices;
    const peer = prepared ?? options.sdk.preparePeer(speaker.element);
    prepared = null;
    peer.carry(microphone.stream());
    return peer;
  }

  function openConnection(ticket: CallTicket, onLost: () => void): Connection {
    const connection: Connection = options.sdk.createConnection({
      browser: context.browser,
      ticket,
      peer: takePeer(),
      inspect: options.inspect,
      runTool: (...call) => runTool(connection, ...call),
      dispatch,
      onServerEvent(event) {
        if (event.type === 'response_started') due.begun();
        texts.notice(event);
        options.onServerEvent(event);
      },
      onApproval: approvals.ask,
      onGuardrail: (tripped) => dispatch({ type: 'guardrail_tripped', ...tripped }),
      onAgentStream: devices.speaker.attach,
      onAnswered: (rtcCallId) => void report(options, rtcCallId),
      onLost,
    });
    return connection;
  }

  function onDropped(reconnect: Reconnect): void {
    due.dropped(context.state.getState(), live());
    devices.greeting.cancel();
    devices.pushToTalk.drop();
    approvals.drop();
    dispatch({ type: 'connection_dropped', reconnect });
    texts.drop();
  }

  function onRestored(connection: Connection, { agent, tools }: CallTicket): void {
    devices.follow(connection);
    const state = context.state.getState();
    connection.seed(seedItems(state.transcript));
    const told = texts.resend() ? null : due.words(state);
    const responseDueAtMs = told === null ? null : context.browser.now();
    dispatch({ type: 'connection_restored', agent, tools, responseDueAtMs });
    if (told !== null) letSpeakFirst(options, connection, told);
  }

  const reconnecting = createReconnectingConnection({
    browser: context.browser,
    api,
    ticket: held.ticket,
    endsAtMs: held.endsAtMs,
    openConnection,
    onDropped,
    onAttempt: (reconnect) => dispatch({ type: 'reconnecting', reconnect }),
    onRestored,
    onRefused: options.onRefused,
    onOver,
  });

  return {
    current: reconnecting.current,
    connect: reconnecting.connect,
    sendText(text) {
      if (isAgentsTurn(live())) reconnecting.current()?.interrupt();
      texts.send(text);
    },
    close(hungUp) {
      texts.drop();
      return reconnecting.close(hungUp);
    },
  };
}
