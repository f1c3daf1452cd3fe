import { z } from 'zod';

/** When a fault occurs. */
const when = {
  /** How often; without a number, until it is cleared. */
  times: z.number().int().min(1).max(1_000).optional(),
  /** By chance, in one case of so many; without a number, in every case. */
  oneIn: z.number().int().min(1).max(10_000).optional(),
};
const milliseconds = z.number().int().min(0).max(120_000);

const EndpointFault = z.strictObject({
  ...when,
  /** Responds this much later; alone, or before the other fields apply. */
  latencyMs: milliseconds.optional(),
  /** Refuses with this status and OpenAI's error body. */
  status: z.number().int().min(400).max(599).optional(),
  code: z.string().optional(),
  /** The parameter at fault, such as `session.audio.output.voice`. */
  param: z.string().optional(),
  /** Never responds. */
  timeout: z.literal(true).optional(),
  /** Responds 200 (201 for calls) with an unreadable body. */
  garbage: z.literal(true).optional(),
});
export type EndpointFault = z.infer<typeof EndpointFault>;

/* Other services that speak this protocol differ in these. */
const MintFault = EndpointFault.extend({
  /** Secrets begin so, instead of with `ek_`. */
  secretPrefix: z
    .string()
    .regex(/^[a-z]{1,12}_$/)
    .optional(),
});
const CallsFault = EndpointFault.extend({
  /** The answer names no call: no `Location`. */
  noLocation: z.literal(true).optional(),
});

/** Faults to apply from now on. Unnamed ones stay as they are; `null` ends a fault. */
export const FaultPlan = z.strictObject({
  mint: MintFault.nullish(),
  calls: CallsFault.nullish(),
  hangup: EndpointFault.nullish(),
  /** A page may send `authorization` and `content-type` with its offer, and no other header. */
  strictCors: z.strictObject(when).nullish(),
  /** The SDP answer has a wrong ICE password, so no connection is made. */
  refuseIce: z.strictObject(when).nullish(),
  /** `response.done` with status `failed`. */
  response: z
    .strictObject({ ...when, code: z.string().default('server_error'), message: z.string().optional() })
    .nullish(),
  transcription: z.strictObject(when).nullish(),
  /** A response waits so long before its first output; short waits are the most frequent. */
  wait: z.strictObject({ ...when, fromMs: milliseconds, toMs: milliseconds }).nullish(),
  /** A response waits much longer than usual. */
  stall: z.strictObject({ ...when, ms: milliseconds.default(25_000) }).nullish(),
  /** The model errs, so that whoever tests an agent can prove that the test notices. */
  mistakes: z
    .strictObject({
      ...when,
      /** Each function call is written twice. */
      repeatCalls: z.literal(true).optional(),
      /** By the name of a tool: the one that is called instead, without arguments. */
      callInstead: z.record(z.string(), z.string()).optional(),
      /** Words after everything that it says. */
      addWords: z.string().min(1).max(300).optional(),
    })
    .nullish(),
  /** `error` events have `event_id: null`, which the Agents SDK's schema does not read. */
  namelessErrors: z.strictObject(when).nullish(),
  /** A call's consent checks without USE-CANDIDATE get no answer after its first turn, as from an ICE-lite server. */
  refuseChecks: z.strictObject(when).nullish(),
  /** A call's microphone picks up its loudspeaker; WebRTC only. */
  echo: z
    .strictObject({
      ...when,
      delayMs: z.number().int().min(0).max(2_000).default(150),
      gainDb: z.number().min(-60).max(0).default(-20),
      /** The browser has learned to cancel the echo once its loudspeaker has played for so long; without a number, never. */
      learnedMs: z.number().int().min(0).max(60_000).optional(),
    })
    .nullish(),
});
export type FaultPlan = z.infer<typeof FaultPlan>;

/** Applied at once to one live call, or to all. */
export const CallFault = z.strictObject({
  action: z.enum(['drop_channel', 'kill_peer', 'freeze_audio', 'expire_session']),
  callId: z.string().optional(),
});
export type CallFault = z.infer<typeof CallFault>;

/** Expires every client secret at once. */
const SecretsFault = z.strictObject({ action: z.literal('expire_secrets') });

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The body of `POST /__sandbox/faults`. */
export const FaultRequest = FaultPlan.extend({
  /** Moves the time of calls and secrets forward. */
  clock: z.strictObject({ advanceMs: z.number().int().min(1).max(DAY_MS) }).optional(),
  now: z.discriminatedUnion('action', [CallFault, SecretsFault]).optional(),
});
