import { z } from 'zod';
import { CallId } from '@/lib/shared/ids';

/** The person's name in the log and in the audit trail. */
export const PersonName = z.string().regex(/^[\w-]{16}$/);

const Terms = z.object({
  /** For the owner alone. */
  note: z.string().trim().max(200).default(''),
  /** `null`: until somebody ends it. */
  days: z.number().int().min(1).max(365).nullable().default(null),
});

/** `POST /api/admin/blocks`: who may begin no more calls. `network_of`: the network of the guest in this call. */
export const NewBlock = z.discriminatedUnion('kind', [
  Terms.extend({ kind: z.literal('person'), who: PersonName }),
  Terms.extend({ kind: z.literal('network'), address: z.string().trim().min(2).max(64) }),
  Terms.extend({ kind: z.literal('network_of'), callId: CallId }),
]);
export type NewBlock = z.input<typeof NewBlock>;

/** What is blocked, as it is stored: `person …` or `network …`, with a keyed hash. */
const BlockId = z.string().regex(/^(person|network) [\w-]{16,43}$/);

/** `DELETE /api/admin/blocks`, and `POST /api/admin/blocks/calls`: which block. */
export const BlockChoice = z.object({ id: BlockId });

export const Block = z.object({
  id: BlockId,
  /** What the owner called it: an address, or whose network it is. Of a person their name in the audit trail. */
  label: z.string(),
  note: z.string(),
  /** The administrator's name in the audit trail. */
  by: z.string(),
  sinceMs: z.number(),
  /** `null`: until somebody ends it. */
  untilMs: z.number().nullable(),
});
export type Block = z.infer<typeof Block>;

/** The 200 response of blocking and unblocking: the block that is new, or the one that ended. */
export const Blocked = z.object({ id: BlockId });

/** The 200 response of ending the calls of a block. */
export const EndedCalls = z.object({ ended: z.number().int(), failed: z.number().int() });
export type EndedCalls = z.infer<typeof EndedCalls>;
