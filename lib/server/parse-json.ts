import 'server-only';
import type { z } from 'zod';
import { AppError } from '@/lib/server/app-error';

const MAX_BODY_BYTES = 16 * 1024;

/** Reads at most `maxBytes` and not one chunk more: the declared length is only the sender's word. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new AppError('payload_too_large');
  if (!request.body) return '';
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new AppError('payload_too_large');
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('bad_request', { message: 'The request body is not valid JSON.' });
  }
}

/** The first thing that is wrong, with the name of the field. */
function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join('.');
  return `${field ? `"${field}": ` : ''}${issue?.message ?? 'not in the expected form'}`.slice(0, 200);
}

/** The request's JSON body, checked. Throws `unsupported_media_type`, `payload_too_large` or `bad_request`. */
export async function parseJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes = MAX_BODY_BYTES,
): Promise<z.infer<Schema>> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new AppError('unsupported_media_type');
  const parsed = schema.safeParse(parse(await readText(request, maxBytes)));
  if (!parsed.success) throw new AppError('bad_request', { message: firstProblem(parsed.error) });
  return parsed.data;
}
