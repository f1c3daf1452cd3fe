import { z } from 'zod';

/*
 * Ids are types of their own, so that one cannot be passed where another is expected. At a border, parse; inside,
 * only the type travels. Browser code imports the types alone: zod is not in the first load.
 */

/** Our id of one call. No other text passes, because the id becomes part of a key of the database. */
export const CallId = z
  .string()
  .regex(/^call_[\w-]{1,80}$/)
  .brand<'CallId'>();
export type CallId = z.infer<typeof CallId>;

/**
 * The provider's id of one connection of a call. OpenAI's begin with `rtc_`, those of other services with anything. It
 * becomes part of a key of the database and of an address.
 */
export const RtcCallId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{4,128}$/)
  .brand<'RtcCallId'>();
export type RtcCallId = z.infer<typeof RtcCallId>;

/** Returns the id in the `Location` of the answer to `POST /realtime/calls`: the last part of its path. */
export const readRtcCallId = (location: string | null | undefined): RtcCallId | null =>
  RtcCallId.safeParse(location?.split(/[?#]/)[0]?.split('/').at(-1)).data ?? null;

/** The model's id of one function call (`call_id` on the wire): one id, one run. */
export const ToolCallId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/)
  .brand<'ToolCallId'>();
export type ToolCallId = z.infer<typeof ToolCallId>;

/** A signed-in user: `guest_…`, `github_…`, `google_…` or `oidc_…`. */
export const UserId = z.string().min(1).max(300).brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;
