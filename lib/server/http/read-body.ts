import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';

/** Throws `unsupported_media_type` unless the body is declared as `mediaType`. */
export function requireMediaType(request: Request, mediaType: string): void {
  const given = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (given === mediaType) return;
  throw new AppError('unsupported_media_type', { message: `Send the request as ${mediaType}.` });
}

/**
 * Reads at most `maxBytes` and not one chunk more: the declared length is only the sender's word.
 * Throws `payload_too_large`, or `bad_request` when the sender breaks off.
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
