import { z } from 'zod';
import { CallId, RtcCallId } from '@/lib/shared/ids';

/** Calls that were refused for one cause. */
export interface RefusalSum {
  /** A closed code; for a refusal of the provider, a space and its cause. */
  cause: string;
  count: number;
  today: number;
  /** What the caller read; of a cause at the provider, what was wrong. */
  says: string;
  /** For the owner. `null`: nothing to be done. */
  cure: string | null;
}

/** `POST /api/admin/hang-ups`: which connection to hang up. */
export const HangUpAgain = z.object({ callId: CallId, rtcCallId: RtcCallId });
export type HangUpAgain = z.infer<typeof HangUpAgain>;

/** Its 200 response. */
export const HungUpAgain = z.object({ isGone: z.boolean() });

export interface Trouble {
  /** The most frequent first. */
  refusals: RefusalSum[];
  /** The latest first. */
  givenUp: (HangUpAgain & { sinceMs: number })[];
  /** Connections whose hang-up failed and is still tried. */
  stillTried: number;
}
