import type { CallApi } from '@/lib/client/api/call-api';
import { overReason } from '@/lib/client/api/call-failure';
import type { HeldTicket } from '@/lib/client/api/tickets';
import type { Approvals } from '@/lib/client/call/approvals';
import type { EngineContext } from '@/lib/client/call/engine-context';
import type { LiveAudio } from '@/lib/client/call/live-audio';
import type { Connection } from '@/lib/client/connection/connection';
import type { SdkChunk } from '@/lib/client/connection/load-sdk';
import type { PreparedPeer } from '@/lib/client/connection/prepared-peer';
import { createReconnectingConnection } from '@/lib/client/connection/reconnecting-connection';
import type { RunTool } from '@/lib/client/connection/sdk-tools';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import type { LiveCallState, Reconnect } from '@/lib/client/state/call-state';
import { isHeardInPart } from '@/lib/client/state/reduce-live';
import { seedItems, toolItems, WORDS_LOST } from '@/lib/client/state/replay';
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
 * `connection/reconnect.test.ts`.
 */
export interface LiveConnection {
  /** Returns the connection that is up; `null` while a new one is being set up. */
  current(): Connection | null;
  /** Throws `CallFailure`, or the signal's reason. */
  connect(signal: AbortSignal): Promise<void>;
  /** Interrupts the agent. Without a connection, the text waits for the next one. */
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

export function createLiveConnection(options: LiveConnectionOptions): LiveConnection {
  const { context, dispatch, api, held, devices, approvals, live, onOver } = options;
  /** Typed while a new connection was being set up. */
  const waitingTexts: string[] = [];
  /** What the agent says on the next connection: what it was about to, or that it lost what the user was saying. */
  let due: 'response' | 'question' | null = null;

  /** A reply whose connection is gone goes to the next one, which was seeded without it. */
  async function runTool(from: Connection, ...[name, toolCallId, args]: Parameters<RunTool>) {
    const reply = await options.runTool(name, toolCallId, args);
    const current = reconnecting.current();
    if (current !== null && current !== from) {
      current.seed(toolItems(toolCallId, { name, arguments: args, reply }));
      current.requestResponse();
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
      onServerEvent: options.onServerEvent,
      onApproval: approvals.ask,
      onGuardrail: (tripped) => dispatch({ type: 'guardrail_tripped', ...tripped }),
      onAgentStream: devices.speaker.attach,
      onAnswered: (rtcCallId) => void report(options, rtcCallId),
      onLost,
    });
    return connection;
  }

  function onDropped(reconnect: Reconnect): void {
    if (isHeardInPart(context.state.getState())) due = 'question';
    else due = isAgentsTurn(live()) ? 'response' : null;
    devices.greeting.cancel();
    devices.pushToTalk.drop();
    approvals.drop();
    dispatch({ type: 'connection_dropped', reconnect });
  }

  function onRestored(connection: Connection, { tools }: CallTicket): void {
    devices.pushToTalk.apply(connection);
    connection.seed(seedItems(context.state.getState().transcript));
    dispatch({ type: 'connection_restored', tools });
    const texts = waitingTexts.splice(0);
    for (const text of texts) connection.sendText(text);
    if (texts.length > 0 || due === null) return;
    if (due === 'question') connection.seed([WORDS_LOST]);
    connection.requestResponse();
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
      const connection = reconnecting.current();
      if (connection === null) {
        waitingTexts.push(text);
        return;
      }
      if (isAgentsTurn(live())) connection.interrupt();
      connection.sendText(text);
    },
    close: reconnecting.close,
  };
}
