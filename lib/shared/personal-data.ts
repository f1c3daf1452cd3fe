import { z } from 'zod';
import { END_REASONS } from '@/lib/shared/contract';
import { CallId, UserId } from '@/lib/shared/ids';
import { KeptEntry } from '@/lib/shared/kept-transcript';

const isoTime = z.iso.datetime();

/** `POST /api/me/export`, the 200 response: everything that this site stores about a user. */
export const PersonalData = z.object({
  exportedAt: isoTime,
  user: z.object({ id: UserId, name: z.string(), role: z.string() }),
  allowance: z.object({ secondsLeftToday: z.number(), secondsPerDay: z.number() }),
  /** Ended calls, the newest first. */
  calls: z.array(
    z.object({
      callId: CallId,
      agent: z.string(),
      startedAt: isoTime,
      reason: z.enum(END_REASONS),
      seconds: z.number().int(),
      /** Titles of the tools that changed something. */
      done: z.array(z.string()),
    }),
  ),
  /** The conversations that the user chose to keep. */
  conversations: z.array(z.object({ callId: CallId, entries: z.array(KeptEntry) })),
  /** What the business itself stores, such as bookings, in its own form. */
  business: z.record(z.string(), z.unknown()),
});
export type PersonalData = z.infer<typeof PersonalData>;
