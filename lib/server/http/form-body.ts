import 'server-only';
import { NextRequest } from 'next/server';
import { readBody, requireMediaType } from '@/lib/server/http/read-body';

const MAX_BYTES = 16 * 1024;

/**
 * The request again, as a form of bounded size: next-auth's pages send nothing else, and it would read a body of any
 * size and fail on broken JSON. Throws `unsupported_media_type` or `payload_too_large`.
 */
export async function requireForm(request: Request): Promise<NextRequest> {
  requireMediaType(request, 'application/x-www-form-urlencoded');
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readBody(request, MAX_BYTES) });
}
