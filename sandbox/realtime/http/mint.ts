import { z } from 'zod';
import { newId } from '../protocol/events/ids.ts';
import { fromZodIssue } from '../protocol/events/zod-refusal.ts';
import { requirePermittedHosts } from '../protocol/mcp/permitted-hosts.ts';
import { SessionPolicy } from '../protocol/policy/policy.ts';
import { createSession, toWireSession } from '../protocol/policy/session.ts';
import { type Answer, jsonAnswer } from './respond.ts';
import type { Secrets } from './secrets.ts';

const DEFAULT_TTL_SECONDS = 600;

const MintRequest = z.strictObject({
  expires_after: z
    .strictObject({
      anchor: z.literal('created_at').optional(),
      seconds: z.number().int().min(10).max(7200).optional(),
    })
    .optional(),
  session: SessionPolicy.optional(),
});

interface Minting {
  secrets: Secrets;
  mcpHosts: readonly string[];
  safetyIdentifier: string | null;
  secretPrefix: string | undefined;
}

/** `POST /v1/realtime/client_secrets`. @throws ApiError 400 with OpenAI's wording */
export function mint(raw: unknown, { secrets, mcpHosts, safetyIdentifier, secretPrefix }: Minting): Answer {
  const parsed = MintRequest.safeParse(raw);
  if (!parsed.success) throw fromZodIssue(parsed.error.issues, raw, '');
  const { session: policy = { type: 'realtime' }, expires_after } = parsed.data;
  const session = createSession(policy, newId('sess'));
  requirePermittedHosts(session.tools, mcpHosts, 'session.tools');
  const { value, expiresAtSeconds } = secrets.mint(
    session,
    expires_after?.seconds ?? DEFAULT_TTL_SECONDS,
    safetyIdentifier,
    secretPrefix,
  );
  return jsonAnswer(200, { value, expires_at: expiresAtSeconds, session: toWireSession(session) });
}
