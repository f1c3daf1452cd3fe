import { z } from 'zod';

const choice = z.string().min(1).max(40).optional();

/** What a visitor may choose of an agent, inside what that agent offers. Left out: the agent's own. */
export const CallOptions = z.strictObject({ language: choice, voice: choice, accent: choice, tone: choice });
export type CallOptions = z.infer<typeof CallOptions>;

/** `POST /api/voice/session`: open a call. */
export const OpenCallRequest = z.strictObject({
  /** Left out: the site's default agent. */
  agent: z.string().min(1).max(40).optional(),
  /** End my other open call first instead of answering `already_in_call`. */
  takeOver: z.boolean().default(false),
  options: CallOptions.default({}),
});
export type OpenCallRequest = z.infer<typeof OpenCallRequest>;

/** What the browser may know of a tool: enough to route a call and to ask for approval, never its schema. */
export interface ToolSummary {
  name: string;
  /** For people: "Send a reminder". */
  title: string;
  needsApproval: boolean;
  /** True when a successful run changes what the page shows. */
  changesData: boolean;
}

/**
 * The 201 answer of `POST /api/voice/session`, and of `POST /api/voice/calls/:callId/resume`: all that a browser needs
 * to connect. A resumed call keeps its id and its deadline; `callSeconds` are those that are left.
 */
export interface CallTicket {
  callId: string;
  secret: { value: string; expiresAt: string };
  /** Absolute URL that takes the SDP offer with the secret as bearer. */
  callUrl: string;
  agent: { name: string; title: string };
  tools: ToolSummary[];
  /** ISO time at which the server hangs up. */
  deadline: string;
  /** The same as a length, so that a wrong client clock does no harm. */
  callSeconds: number;
  /** True when the agent opens the conversation. */
  greets: boolean;
}

/**
 * `POST /api/voice/calls/:callId/connected`: OpenAI's id, read from the `Location` header of the answer to the offer.
 * Without that header there is nothing to report: our own server connected, and knows.
 */
export const ConnectedRequest = z.strictObject({
  rtcCallId: z.string().regex(/^rtc_[A-Za-z0-9_-]{1,120}$/),
});
export type ConnectedRequest = z.infer<typeof ConnectedRequest>;

/** `POST /api/voice/calls/:callId/resume`: another connection for a call whose line dropped. */
export const ResumeRequest = z.strictObject({});
export type ResumeRequest = z.infer<typeof ResumeRequest>;

/** `POST /api/voice/token`: lets a native app call the voice routes as the person who is signed in. */
export const TokenRequest = z.strictObject({});
export type TokenRequest = z.infer<typeof TokenRequest>;

/** The 201 answer: goes into `Authorization: Bearer …`. */
export interface AccessToken {
  token: string;
  expiresAt: string;
}

const toolArguments = z.record(z.string().max(64), z.unknown());

/** One line of what a tool would do, for people: "Day", "Wednesday 25 November". */
export const PreviewLine = z.strictObject({ label: z.string().max(80), value: z.string().max(400) });
export type PreviewLine = z.infer<typeof PreviewLine>;

/** What the agent should say aloud instead. Data, not an HTTP error. */
export interface ToolFailure {
  ok: false;
  error: { code: string; message: string };
}

/** `POST /api/voice/calls/:callId/tools/:name/preview`: what a run with these arguments would do. Changes nothing. */
export const PreviewRequest = z.strictObject({ arguments: toolArguments });
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** The 200 answer. No lines: the tool has no preview. A failure is the one that a run would answer now. */
export type ToolPreview = { ok: true; lines: PreviewLine[] } | ToolFailure;

/** `POST /api/voice/calls/:callId/tools/:name`. */
export const ToolRequest = z.strictObject({
  toolCallId: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  arguments: toolArguments,
  /** The lines of the preview that the visitor read and allowed. A run that would do anything else is refused. */
  allowed: z.array(PreviewLine).min(1).max(12).optional(),
});
export type ToolRequest = z.infer<typeof ToolRequest>;

/** Another agent takes over the call. The browser passes `session` on to the provider as it is. */
export interface Handoff {
  agent: { name: string; title: string };
  tools: ToolSummary[];
  /** The new agent's part of the policy, as a `session.update` takes it. The voice stays: it cannot change in a call. */
  session: { type: 'realtime'; instructions: string; tools: unknown[] };
}

/**
 * The 200 answer of a tool.
 * `summary` is one or two sentences in plain words: the screen shows it, and the agent may say it.
 */
export type ToolReply = { ok: true; summary: string; data: unknown; handoff?: Handoff } | ToolFailure;

export const END_REASONS = [
  'user',
  'goodbye',
  'idle',
  'time_limit',
  'page_closed',
  'connection_lost',
  'setup_failed',
  'replaced',
  'server_hangup',
  'signed_out',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** `POST /api/voice/calls/:callId/end`. */
export const EndCallRequest = z.strictObject({ reason: z.enum(END_REASONS) });
export type EndCallRequest = z.infer<typeof EndCallRequest>;

/** The settled call. A repeated `end` returns the same receipt. */
export interface Receipt {
  callId: string;
  reason: EndReason;
  /** Seconds that were charged, by the server's clock. */
  seconds: number;
  /** Seconds that this person may still talk today. */
  secondsLeftToday: number;
}

/** What a signed-in visitor may still spend today. */
export interface Allowance {
  secondsLeftToday: number;
  secondsPerDay: number;
}
