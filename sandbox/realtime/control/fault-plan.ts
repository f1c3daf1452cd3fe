import { z } from 'zod';

/** How often a fault strikes; without a number, until it is cleared. */
const times = z.number().int().min(1).max(1_000).optional();

const EndpointFault = z.strictObject({
  times,
  /** Answer this much later, on its own or before what follows. */
  latencyMs: z.number().int().min(0).max(120_000).optional(),
  /** Refuse with this status and OpenAI's error body. */
  status: z.number().int().min(400).max(599).optional(),
  code: z.string().optional(),
  /** Never answer. */
  timeout: z.literal(true).optional(),
  /** Answer 200 (201 for calls) with a body that makes no sense. */
  garbage: z.literal(true).optional(),
});
export type EndpointFault = z.infer<typeof EndpointFault>;

/** The faults to show from now on. What is not named stays as it is; `null` ends a fault. */
export const FaultPlan = z.strictObject({
  mint: EndpointFault.nullish(),
  calls: EndpointFault.nullish(),
  hangup: EndpointFault.nullish(),
  /** The answer has a wrong ICE password, so that no connection comes about. */
  refuseIce: z.strictObject({ times }).nullish(),
  /** `response.done` with status `failed`. */
  response: z
    .strictObject({ times, code: z.string().default('server_error'), message: z.string().optional() })
    .nullish(),
  transcription: z.strictObject({ times }).nullish(),
});
export type FaultPlan = z.infer<typeof FaultPlan>;

/** Done at once to a live call, or to all of them. */
export const CallFault = z.strictObject({
  action: z.enum(['drop_channel', 'kill_peer', 'freeze_audio', 'expire_session']),
  callId: z.string().optional(),
});
export type CallFault = z.infer<typeof CallFault>;

/** Done at once to every client secret: its time is over. */
const SecretsFault = z.strictObject({ action: z.literal('expire_secrets') });

/** The body of `POST /__sandbox/faults`. */
export const FaultRequest = FaultPlan.extend({
  now: z.discriminatedUnion('action', [CallFault, SecretsFault]).optional(),
});
