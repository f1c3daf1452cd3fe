import '@/lib/client/connection/zod-without-eval';

import { RealtimeAgent, type RealtimeClientMessage, RealtimeSession } from '@openai/agents-realtime';
import { GUARDRAIL_WORDS, outputGuardrails } from '@/business/guardrails';
import { type RunTool, toSdkTool } from '@/lib/client/connection/sdk-tools';
import { ServerPolicyWebRTC } from '@/lib/client/connection/server-policy-webrtc';
import { parseArguments } from '@/lib/client/state/read-server-event';
import type { CallTicket, Handoff } from '@/lib/shared/contract';

/** An answer is read by the rules whenever it grew by this much. */
const GUARDRAIL_EVERY_CHARS = 40;

/** A tool call that waits for the person's word. */
export interface ApprovalAsk {
  toolCallId: string;
  toolName: string;
  arguments: Record<string, unknown>;
  /** `message` tells the model why the answer is no. */
  decide(allowed: boolean, message: string): void;
}

export interface SdkSessionOptions {
  ticket: CallTicket;
  /** Stays ours: the SDK never stops its tracks. */
  stream: MediaStream;
  audio: HTMLAudioElement;
  runTool: RunTool;
  /** The peer connection was made; nothing is sent yet. */
  onPeer: (peer: RTCPeerConnection) => void;
  /** Every raw event of the data channel. */
  onServerEvent: (event: unknown) => void;
  onApproval: (ask: ApprovalAsk) => void;
  /** An answer broke a rule and is being cut. */
  onGuardrail: (tripped: { itemId: string; rule: string; text: string }) => void;
  /** The type of an event that goes to the server. */
  onSent: (type: string) => void;
  /** The SDK closed the connection by itself. */
  onDisconnected: () => void;
}

/** One connection to the Realtime server. */
export interface SdkSession {
  /** Resolves when events can flow. Has no time limit of its own: `close()` ends the attempt. */
  connect(): Promise<void>;
  /** The provider's id of the call, known from its answer on. */
  rtcCallId(): string | null;
  channel(): RTCDataChannel | null;
  sendText(text: string): void;
  /** Asks the agent to speak without having been spoken to. */
  requestResponse(): void;
  /** Stops what the agent is saying. */
  interrupt(): void;
  /** Any other event of the protocol. */
  send(event: RealtimeClientMessage): void;
  /** Another agent answers from here on: its policy goes to the server as ours wrote it. */
  handOff(handoff: Handoff): void;
  close(): void;
}

/** Function calls the SDK leaves without an answer would leave the agent silent for good. */
function answerBrokenCalls(transport: ServerPolicyWebRTC, toolNames: ReadonlySet<string>): void {
  transport.on('function_call', (call) => {
    if (!toolNames.has(call.name)) transport.requestResponse();
    else if (parseArguments(call.arguments) === null || call.arguments.trim() === '') {
      const error = { code: 'bad_arguments', message: 'The arguments were not a JSON object. Try again.' };
      transport.sendFunctionCallOutput(call, JSON.stringify({ ok: false, error }), true);
    }
  });
}

function listenForApprovals(session: RealtimeSession, onApproval: (ask: ApprovalAsk) => void): void {
  session.on('tool_approval_requested', (_context, _agent, { approvalItem }) => {
    const { rawItem } = approvalItem;
    if (rawItem.type !== 'function_call') return;
    onApproval({
      toolCallId: rawItem.callId,
      toolName: rawItem.name,
      arguments: parseArguments(rawItem.arguments) ?? {},
      decide(allowed, message) {
        const decided = allowed ? session.approve(approvalItem) : session.reject(approvalItem, { message });
        // It fails only when the connection is gone, and with it the question.
        decided.catch(() => {});
      },
    });
  });
}

function listenForGuardrails(session: RealtimeSession, onGuardrail: SdkSessionOptions['onGuardrail']) {
  session.on('guardrail_tripped', (_context, _agent, error, { itemId }) => {
    const rule = error.result.guardrail.name;
    onGuardrail({
      itemId,
      rule,
      text: GUARDRAIL_WORDS[rule] ?? 'Stopped: the agent was about to break a rule.',
    });
  });
}

/** A Realtime session of the Agents SDK over WebRTC that leaves the server's policy alone. */
export function createSdkSession(options: SdkSessionOptions): SdkSession {
  const { ticket, stream, audio, runTool, onPeer, onServerEvent, onApproval, onDisconnected } = options;
  const transport = new ServerPolicyWebRTC(
    {
      mediaStream: stream,
      audioElement: audio,
      changePeerConnection(peer) {
        onPeer(peer);
        return peer;
      },
    },
    options.onSent,
  );
  const toolNames = new Set<string>();
  const toSdkAgent = ({ agent, tools }: Pick<CallTicket, 'agent' | 'tools'>) => {
    for (const { name } of tools) toolNames.add(name);
    return new RealtimeAgent({
      name: agent.name,
      tools: tools.map((summary) => toSdkTool(summary, runTool)),
    });
  };
  const session = new RealtimeSession(toSdkAgent(ticket), {
    transport,
    tracingDisabled: true,
    outputGuardrails,
    outputGuardrailSettings: { debounceTextLength: GUARDRAIL_EVERY_CHARS },
  });

  session.on('transport_event', onServerEvent);
  // Errors of the server arrive as events, those of the connection through its end.
  session.on('error', () => {});
  listenForApprovals(session, onApproval);
  listenForGuardrails(session, options.onGuardrail);
  answerBrokenCalls(transport, toolNames);
  transport.on('connection_change', (status) => {
    if (status === 'disconnected') onDisconnected();
  });

  return {
    connect: () => session.connect({ apiKey: ticket.secret.value, url: ticket.callUrl }),
    rtcCallId: () => transport.callId ?? null,
    channel: () => transport.connectionState.dataChannel ?? null,
    sendText: (text) => session.sendMessage(text),
    requestResponse: () => transport.requestResponse(),
    interrupt: () => session.interrupt(),
    send: (event) => transport.sendEvent(event),
    handOff(handoff) {
      transport.sendEvent({ type: 'session.update', session: handoff.session });
      // Only the SDK's own list of tools changes: the transport sends none of it. See ServerPolicyWebRTC.
      session.updateAgent(toSdkAgent(handoff)).catch(() => {});
    },
    close: () => session.close(),
  };
}
