import 'server-only';
import { NextRequest } from 'next/server';
import { AppError } from '@/lib/server/platform/app-error';

const MAX_FORM_BYTES = 16 * 1024;

/** Throws `unsupported_media_type` unless the body is declared as `mediaType`. */
export function requireMediaType(request: Request, mediaType: string): void {
  const given = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (given === mediaType) return;
  throw new AppError('unsupported_media_type', { message: `Send the request as ${mediaType}.` });
}

/**
 * Returns the body as text. Reads at most one chunk beyond `maxBytes`, because the declared length may be wrong.
 * Throws `payload_too_large`, or `bad_request` if the sender breaks off.
 */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new AppError('payload_too_large');
  if (!request.body) return '';
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const next = () =>
    reader.read().catch((cause: unknown) => {
      throw new AppError('bad_request', { message: 'The request body broke off.', cause });
    });
  for (let part = await next(); !part.done; part = await next()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new AppError('payload_too_large');
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Returns the request again, as a form of bounded size: next-auth's pages send nothing else, and next-auth itself would
 * read a body of any size and fail on broken JSON. Throws `unsupported_media_type` or `payload_too_large`.
 */
export async function requireForm(request: Request): Promise<NextRequest> {
  requireMediaType(request, 'application/x-www-form-urlencoded');
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readBody(request, MAX_FORM_BYTES) });
}
