import { z } from 'zod';
import { ERROR_STATUS, type ErrorBody } from '@/lib/shared/errors';
import { CALL_ENDERS, HEALTH_PROBLEMS, HOST_KINDS } from '@/lib/shared/health';
import { IceSetting } from '@/lib/shared/ice';
import { CallId, RtcCallId, ToolCallId } from '@/lib/shared/ids';
import { PACES } from '@/lib/shared/pace';
import { PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';

/*
 * Every request and every response of the API. Requests are strict objects: an unknown field is refused. Those that make
 * or end a connection are not: during a deploy a newer page may send them to an older server, and a call that cannot be
 * ended costs money. Responses are plain objects: the server sends no other field, and an older page ignores one that it
 * does not know.
 */

const isoTime = z.iso.datetime();
const seconds = z.number().int().nonnegative();

const cause = z.enum(Object.keys(PROVIDER_CAUSES) as ProviderCause[]);

const choice = z.string().min(1).max(40).optional();

/** What the user chose, within what the agent offers; every agent offers each pace. Left out: the agent's own. */
export const CallOptions = z.strictObject({
  language: choice,
  voice: choice,
  accent: choice,
  tone: choice,
  pace: z.enum(PACES).optional(),
});
export type CallOptions = z.infer<typeof CallOptions>;

/** A browser's offer has 2,000 to 5,000 characters. A longer one goes to `callUrl`, which takes more. */
export const MAX_EARLY_OFFER_CHARS = 12_000;

/** `POST /api/voice/session`: open a call. */
export const OpenCallRequest = z.strictObject({
  /** Left out: the site's default agent. */
  agent: z.string().min(1).max(40).optional(),
  /** End my other open call first instead of refusing with `already_in_call`. */
  takeOver: z.boolean().default(false),
  options: CallOptions.default({}),
  /** The server should post the offer, because a direct attempt has failed. Counts where the site's own key pays. */
  relay: z.boolean().optional(),
  /** The caller's SDP offer. A relayed call is then connected in this one request; a direct call ignores it. */
  offer: z.string().max(MAX_EARLY_OFFER_CHARS).optional(),
});
export type OpenCallRequest = z.infer<typeof OpenCallRequest>;

/** What the browser may know of a tool: enough to route a call and to ask for approval, never its schema. */
export const ToolSummary = z.object({
  name: z.string(),
  /** On the screen: "Send a reminder". */
  title: z.string(),
  needsApproval: z.boolean(),
  /** True if a successful run changes what the page shows. */
  changesData: z.boolean(),
});
export type ToolSummary = z.infer<typeof ToolSummary>;

const AgentName = z.object({ name: z.string(), title: z.string() });

/**
 * The 201 response of `POST /api/voice/session` and of `POST /api/voice/calls/:callId/resume`: all that a browser
 * needs to connect. A resumed call keeps its id and its deadline; `callSeconds` are those that are left.
 */
export const CallTicket = z.object({
  callId: CallId,
  secret: z.object({ value: z.string().min(1), expiresAt: isoTime }),
  /** Absolute URL that takes the SDP offer with the secret as bearer. */
  callUrl: z.url(),
  /** The provider's SDP answer to the offer of the request. The secret is used up then. */
  answer: z.string().optional(),
  /** For the peer connection. Left out: the browser's own ways suffice. */
  ice: IceSetting.optional(),
  agent: AgentName,
  tools: z.array(ToolSummary),
  /** When the server hangs up. */
  deadline: isoTime,
  /** The same as a length, so that a wrong client clock does no harm. */
  callSeconds: seconds,
  /** True if the agent opens the conversation. */
  greets: z.boolean(),
  /** The site traces calls: the page reports its turns with the end. */
  traced: z.literal(true).optional(),
});
export type CallTicket = z.infer<typeof CallTicket>;

/**
 * `POST /api/voice/calls/:callId/connected`: OpenAI's id, read from the `Location` header of the SDP answer.
 * Without that header there is nothing to report: our own server connected and knows the id.
 */
export const ConnectedRequest = z.object({ rtcCallId: RtcCallId });
export type ConnectedRequest = z.infer<typeof ConnectedRequest>;

/** `POST /api/voice/calls/:callId/resume`: another connection for a call whose connection dropped. */
export const ResumeRequest = z.strictObject({});
export type ResumeRequest = z.infer<typeof ResumeRequest>;

/** `POST /api/voice/token`: lets a native app call the voice routes as the signed-in user. */
export const TokenRequest = z.strictObject({});
export type TokenRequest = z.infer<typeof TokenRequest>;

/** The 201 response. The token goes into `Authorization: Bearer …`. */
export const AccessToken = z.object({ token: z.string().min(1), expiresAt: isoTime });
export type AccessToken = z.infer<typeof AccessToken>;

const toolArguments = z.record(z.string().max(64), z.unknown());

/** One line of what a tool would do, for the screen: "Day", "Wednesday 25 November". */
export const PreviewLine = z.strictObject({ label: z.string().max(80), value: z.string().max(400) });
export type PreviewLine = z.infer<typeof PreviewLine>;

/** What the agent should say instead of a result. Data, not an HTTP error. */
export const ToolFailure = z.object({
  ok: z.literal(false),
  error: z.object({ code: z.string(), message: z.string() }),
});
export type ToolFailure = z.infer<typeof ToolFailure>;

/** `POST /api/voice/calls/:callId/tools/:name/preview`: what a run with these arguments would do. Changes nothing. */
export const PreviewRequest = z.strictObject({ arguments: toolArguments });
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** The 200 response. No lines: the tool has no preview. A failure is the one that a run would return now. */
export const ToolPreview = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), lines: z.array(PreviewLine) }),
  ToolFailure,
]);
export type ToolPreview = z.infer<typeof ToolPreview>;

/** `POST /api/voice/calls/:callId/tools/:name`. */
export const ToolRequest = z.strictObject({
  toolCallId: ToolCallId,
  arguments: toolArguments,
  /** The lines of the preview that the user read and allowed. A run that would do anything else is refused. */
  allowed: z.array(PreviewLine).min(1).max(12).optional(),
});
export type ToolRequest = z.infer<typeof ToolRequest>;

/** Another agent takes over the call. The browser passes `session` on to the provider as it is. */
export const Handoff = z.object({
  agent: AgentName,
  tools: z.array(ToolSummary),
  /** The new agent's part of the policy, as a `session.update` takes it. The voice cannot change in a call. */
  session: z.object({
    type: z.literal('realtime'),
    instructions: z.string(),
    tools: z.array(z.unknown()),
  }),
});
export type Handoff = z.infer<typeof Handoff>;

/**
 * The 200 response of a tool.
 * `summary` is one or two sentences in plain words: the screen shows it, and the agent may say it.
 */
export const ToolReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), summary: z.string(), data: z.unknown(), handoff: Handoff.optional() }),
  ToolFailure,
]);
export type ToolReply = z.infer<typeof ToolReply>;

export const END_REASONS = [
  'user',
  'goodbye',
  'idle',
  'time_limit',
  'page_closed',
  'connection_lost',
  'setup_failed',
  'provider_refused',
  'replaced',
  'server_hangup',
  'signed_out',
] as const;
export type EndReason = (typeof END_REASONS)[number];

const tokens = z.number().int().min(0).max(1_000_000);
/** Milliseconds since the user started the call. */
const offsetMs = z.number().int().min(0).max(7_200_000);

/** What the page measured of one response of the agent, for the traces of the site. Numbers only, and never clock times. */
export const TurnReport = z.strictObject({
  /** When a response was due. */
  atMs: offsetMs,
  /** From then to its first sound; `null`: none was heard, or none was awaited. */
  waitMs: offsetMs.nullable(),
  /** Cached tokens are a part of the input. */
  tokens: z.strictObject({
    inputText: tokens,
    inputAudio: tokens,
    inputCached: tokens,
    outputText: tokens,
    outputAudio: tokens,
  }),
});
export type TurnReport = z.infer<typeof TurnReport>;

/** A page reports so many turns of a call at most: the last ones. */
export const MOST_REPORTED_TURNS = 60;

/** `POST /api/voice/calls/:callId/end`. */
export const EndCallRequest = z.object({
  /** A reason that only a newer page knows ends the call too. */
  reason: z.enum(END_REASONS).or(z.string().transform((): EndReason => 'server_hangup')),
  /** Only if the ticket says that the call is traced. A report in another form is dropped: the call ends all the same. */
  turns: z.array(TurnReport).max(MOST_REPORTED_TURNS).optional().catch(undefined),
  /** Why the provider refused, as the browser learned it. The server logs it for the owner. */
  cause: cause.optional().catch(undefined),
});
export type EndCallRequest = z.infer<typeof EndCallRequest>;

/** The 200 response of `end`: the settled call. A repeated `end` returns the same receipt. */
export const Receipt = z.object({
  callId: CallId,
  reason: z.enum(END_REASONS),
  /** Seconds that were charged, by the server's clock. */
  seconds,
  /** Seconds that the user may still talk today. */
  secondsLeftToday: seconds,
});
export type Receipt = z.infer<typeof Receipt>;

/** `GET /api/health`: 200 when calls can be opened, 503 with the names of the variables that are missing, and what is wrong. */
export const Health = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), sandbox: z.boolean() }),
  z.object({
    ok: z.literal(false),
    missing: z.array(z.string()),
    problems: z.array(z.enum(HEALTH_PROBLEMS)),
  }),
]);
export type Health = z.infer<typeof Health>;

/** The same for the owner, who sends `CRON_SECRET` as bearer. `endsCallsBy`: what ends a call that nobody ends. */
export const DeepHealth = z.object({
  ok: z.boolean(),
  sandbox: z.boolean(),
  missing: z.array(z.string()),
  problems: z.array(z.enum(HEALTH_PROBLEMS)),
  notes: z.array(z.string()),
  host: z.enum(HOST_KINDS),
  endsCallsBy: z.enum(CALL_ENDERS).nullable(),
  lastSweep: isoTime.nullable(),
});
export type DeepHealth = z.infer<typeof DeepHealth>;

/** The 200 response of `GET /api/version`. */
export const Version = z.object({ build: z.string() });

/** The 200 response of `GET /api/cron/reap`: how many overdue calls and connections were dealt with. */
export const Reaped = z.object({ calls: z.number().int(), hangUps: z.number().int() });
export type Reaped = z.infer<typeof Reaped>;

/** The body of every refusal. `parseErrorBody` reads it where zod is not loaded. */
export const ErrorResponse = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERROR_STATUS) as (keyof typeof ERROR_STATUS)[]),
    message: z.string(),
    requestId: z.string(),
    retryAfterSeconds: z.number().int().positive().optional(),
    cause: cause.optional(),
  }),
}) satisfies z.ZodType<ErrorBody>;
