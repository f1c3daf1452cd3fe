import { z } from 'zod';
import { CallId } from '@/lib/shared/ids';

export const LiveCall = z.object({
  callId: CallId,
  /** The keyed hash that stands for the person in the log and in the audit trail. */
  who: z.string(),
  /** By its title. */
  agent: z.string(),
  seconds: z.number().int(),
  /** What the site has spent on it so far, by planning prices. */
  microUsd: z.number().int(),
  mode: z.string(),
  /** A guest, whose network can be blocked. */
  hasNetwork: z.boolean(),
});
export type LiveCall = z.infer<typeof LiveCall>;

/** `GET /api/admin/live`, the 200 response, and that of pausing and resuming. */
export const ConsoleState = z.object({
  isPaused: z.boolean(),
  /** Those that have to end first. */
  calls: z.array(LiveCall),
  /** There are more than are listed. */
  hasMore: z.boolean(),
});
export type ConsoleState = z.infer<typeof ConsoleState>;
