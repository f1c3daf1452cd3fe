import { z } from 'zod';

/** What the provider of the tests is told to do. */
export const Orders = z.object({
  /** Its people: the claims of each, by `sub`. */
  people: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** ID tokens are for this application, whoever asked for them. */
  audience: z.string().nullable(),
  /** How much its clock is ahead. */
  clockAheadSeconds: z.number(),
});
export type Orders = z.infer<typeof Orders>;

/** The environment of its process. */
export const Settings = z.object({
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: z.string(),
  /** Where its application takes the answer; the port may differ. */
  OIDC_CALLBACK: z.string(),
  /** ID tokens hold all claims, not the `sub` alone. */
  OIDC_FAT_ID_TOKENS: z.stringbool(),
});
export type Settings = z.infer<typeof Settings>;
