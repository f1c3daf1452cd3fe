import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../protocol/events/api-error.ts';
import { fromZodIssue } from '../protocol/events/zod-refusal.ts';
import { SessionPolicy } from '../protocol/policy/policy.ts';
import { requireSdp } from './content-type.ts';

export interface OfferForm {
  sdp: string;
  policy: SessionPolicy;
}

/** A raw SDP body, the form of a browser with a secret. @throws ApiError 400 */
export function readRawOffer(headers: IncomingHttpHeaders, body: Buffer): string {
  requireSdp(headers);
  return body.toString('utf8');
}

/**
 * The form of a server with the API key: `sdp` and optional `session` as multipart or urlencoded fields, each
 * as a plain string or as a part with its own type. Raw SDP is accepted too. @throws ApiError 400
 */
export async function readOfferForm(
  headers: IncomingHttpHeaders,
  body: Buffer<ArrayBuffer>,
): Promise<OfferForm> {
  const type = headers['content-type'] ?? '';
  if (/^application\/sdp\b/i.test(type)) return { sdp: body.toString('utf8'), policy: { type: 'realtime' } };
  const form = await parseForm(type, body);
  const sdp = await fieldText(form.get('sdp'));
  if (sdp === null) {
    throw new ApiError(400, 'missing_required_parameter', "Missing required parameter: 'sdp'.", 'sdp');
  }
  const session = await fieldText(form.get('session'));
  return { sdp, policy: session === null ? { type: 'realtime' } : parsePolicy(session) };
}

async function parseForm(type: string, body: Buffer<ArrayBuffer>): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    const message = "The body must be 'application/sdp' or 'multipart/form-data' with the field 'sdp'.";
    throw new ApiError(400, 'unsupported_content_type', message);
  }
}

const fieldText = async (field: FormDataEntryValue | null): Promise<string | null> =>
  field === null || typeof field === 'string' ? field : field.text();

function parsePolicy(text: string): SessionPolicy {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new ApiError(400, 'invalid_json', "The field 'session' is not valid JSON.", 'session');
  }
  const parsed = SessionPolicy.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw fromZodIssue(parsed.error.issues, raw, 'session');
}
