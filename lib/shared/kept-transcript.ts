import { z } from 'zod';

/**
 * After how many days a kept conversation and an entry of the list of past calls are deleted automatically. A guest's
 * sign-in ends after a week for good, so nobody could reach them any longer.
 */
export const HISTORY_KEEP_DAYS = { guest: 7, user: 30, admin: 30 } as const;
/** How many conversations one user may keep. */
export const MOST_KEPT = 20;
/** Largest body of a request to keep a conversation. */
export const TRANSCRIPT_MAX_BYTES = 128 * 1024;

const Words = z.string().max(8_000);
const Title = z.string().max(80);

/** One entry of a kept conversation, as the screen shows it. No arguments and no raw replies of tools. */
export const KeptEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), text: Words, typed: z.boolean() }),
  z.strictObject({ kind: z.literal('agent'), speaker: Title, text: Words, interrupted: z.boolean() }),
  z.strictObject({
    kind: z.literal('tool'),
    title: Title,
    state: z.enum(['done', 'failed', 'denied']),
    outcome: Words,
  }),
  z.strictObject({ kind: z.literal('handoff'), from: Title, to: Title }),
  z.strictObject({ kind: z.literal('guardrail'), text: Words }),
  z.strictObject({ kind: z.literal('note'), text: Words }),
]);
export type KeptEntry = z.infer<typeof KeptEntry>;

/** `PUT /api/calls/:callId/transcript`: keep the conversation of an ended call. Sent only when the user asks. */
export const KeepTranscriptRequest = z.strictObject({ entries: z.array(KeptEntry).min(1).max(500) });
export type KeepTranscriptRequest = z.infer<typeof KeepTranscriptRequest>;
