import 'server-only';
import { z } from 'zod';
import type { WebhookType } from '@/lib/server/platform/setup/webhook-variables';
import { END_REASONS } from '@/lib/shared/contract';
import { CallId, RtcCallId } from '@/lib/shared/ids';
import { isProviderCause, type ProviderCause } from '@/lib/shared/provider-cause';

const count = z.number().int().nonnegative();
const usd = z.number().nonnegative();
/** Our own name of an agent or a tool, from `business/`. */
const ourName = z.string().regex(/^[\w-]{1,64}$/);
/** The keyed hash under which the audit trail names a user. */
const user = z.string().regex(/^[\w-]{16}$/);
const day = z.iso.date();

/**
 * Every event that the owner can be told of, with its `data`. Closed on purpose, as the audit trail is: ids, numbers and
 * codes, and no field that could hold a word, an argument, a name or an address. `docs/webhooks.md` shows the list.
 */
export const WEBHOOK_EVENTS = {
  'call.ended': z.strictObject({
    callId: CallId,
    user,
    agent: ourName,
    connect: z.enum(['direct', 'relay', 'own_key']),
    reason: z.enum(END_REASONS),
    seconds: count,
    estimatedUsd: usd,
    changes: count,
  }),
  'call.corrected': z.strictObject({ callId: CallId, user, seconds: count, estimatedUsd: usd }),
  'tool.ran': z.strictObject({ callId: CallId, user, tool: ourName, ok: z.boolean(), ms: count }),
  'budget.reached': z.strictObject({ day, percent: count, budgetUsd: usd }),
  'hang_up.given_up': z.strictObject({ callId: CallId, rtcCallId: RtcCallId }),
  'provider.refused': z.strictObject({ day, cause: z.custom<ProviderCause>(isProviderCause) }),
  'sweep.late': z.strictObject({ day, lastSweepAt: z.iso.datetime().nullable() }),
} as const satisfies Record<WebhookType, z.ZodType>;

/** What an event says. */
export type WebhookData<Type extends WebhookType> = z.input<(typeof WEBHOOK_EVENTS)[Type]>;
