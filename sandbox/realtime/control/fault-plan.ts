import { z } from 'zod';

/** How often the fault occurs; without a number, until it is cleared. */
const times = z.number().int().min(1).max(1_000).optional();

const EndpointFault = z.strictObject({
  times,
  /** Responds this much later; alone, or before the other fields apply. */
  latencyMs: z.number().int().min(0).max(120_000).optional(),
  /** Refuses with this status and OpenAI's error body. */
  status: z.number().int().min(400).max(599).optional(),
  code: z.string().optional(),
  /** Never responds. */
  timeout: z.literal(true).optional(),
  /** Responds 200 (201 for calls) with an unreadable body. */
  garbage: z.literal(true).optional(),
});
export type EndpointFault = z.infer<typeof EndpointFault>;

/** Faults to apply from now on. Unnamed ones stay as they are; `null` ends a fault. */
export const FaultPlan = z.strictObject({
  mint: EndpointFault.nullish(),
  calls: EndpointFault.nullish(),
  hangup: EndpointFault.nullish(),
  /** The SDP answer has a wrong ICE password, so no connection is made. */
  refuseIce: z.strictObject({ times }).nullish(),
  /** `response.done` with status `failed`. */
  response: z
    .strictObject({ times, code: z.string().default('server_error'), message: z.string().optional() })
    .nullish(),
  transcription: z.strictObject({ times }).nullish(),
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

/** The body of `POST /__sandbox/faults`. */
export const FaultRequest = FaultPlan.extend({
  now: z.discriminatedUnion('action', [CallFault, SecretsFault]).optional(),
});
