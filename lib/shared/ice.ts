// Tested in lib/server/platform/env.test.
import { z } from 'zod';

/** The site's own servers for finding a way through a network, in the browser's form. */
export const IceSetting = z.object({
  servers: z.array(
    z.object({
      urls: z.array(z.string()),
      username: z.string().optional(),
      credential: z.string().optional(),
    }),
  ),
  /** `relay`: only through these servers. */
  policy: z.enum(['all', 'relay']),
});
export type IceSetting = z.infer<typeof IceSetting>;

const MAY_BE =
  'a JSON list such as [{"urls": "turns:turn.example.com:443", "username": "…", "credential": "…"}]: addresses begin with stun:, stuns:, turn: or turns:, and a turn server has both username and credential';

const address = z.string().regex(/^(stun|turn)s?:[\w.:[\]-]+(\?transport=(udp|tcp))?$/);

const IceServer = z
  .strictObject({
    urls: z.union([address.transform((url) => [url]), z.array(address).min(1).max(8)]),
    username: z.string().min(1).max(500).optional(),
    credential: z.string().min(1).max(500).optional(),
  })
  .refine(
    ({ urls, username, credential }) =>
      urls.every((url) => url.startsWith('stun')) || (username !== undefined && credential !== undefined),
  );

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** The value of `VOICE_ICE_SERVERS`. */
export const iceServers = z.string().transform((value, context): IceSetting['servers'] => {
  const parsed = z.array(IceServer).min(1).max(8).safeParse(parseJson(value));
  if (parsed.success) return parsed.data;
  context.issues.push({ code: 'custom', message: MAY_BE, input: value });
  return z.NEVER;
});

/** Returns what is wrong with the two variables together. */
export function findUselessIceVariables(given: Readonly<Record<string, string>>): string[] {
  const { VOICE_ICE_SERVERS: servers = '', VOICE_ICE_POLICY: policy } = given;
  if (policy !== 'relay' || /"turns?:/.test(servers)) return [];
  return ['VOICE_ICE_POLICY is relay, but VOICE_ICE_SERVERS names no turn server: no call could find a way.'];
}
