import { z } from 'zod';
import { ApiError, fromZodIssue } from '../protocol/events/api-error.ts';
import { newId } from '../protocol/events/ids.ts';
import { SessionPolicy } from '../protocol/policy/policy.ts';
import { createSession } from '../protocol/policy/session.ts';
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

/** `POST /v1/realtime/client_secrets`. @throws ApiError 400 with OpenAI's wording */
export function mint(secrets: Secrets, raw: unknown, safetyIdentifier: string | null): Answer {
  refuseTranscriptionSessions(raw);
  const parsed = MintRequest.safeParse(raw);
  if (!parsed.success) throw fromZodIssue(parsed.error.issues, raw, '');
  const { session: policy = { type: 'realtime' }, expires_after } = parsed.data;
  const session = createSession(policy, newId('sess'));
  const { value, expiresAtSeconds } = secrets.mint(
    session,
    expires_after?.seconds ?? DEFAULT_TTL_SECONDS,
    safetyIdentifier,
  );
  return jsonAnswer(200, { value, expires_at: expiresAtSeconds, session });
}

/** OpenAI also has sessions that only transcribe. The sandbox does not. */
function refuseTranscriptionSessions(raw: unknown): void {
  const type = (raw as { session?: { type?: unknown } } | null)?.session?.type;
  if (type !== 'transcription') return;
  const message = "The sandbox does not emulate sessions of type 'transcription'. Use 'realtime'.";
  throw new ApiError(400, 'invalid_value', message, 'session.type');
}
