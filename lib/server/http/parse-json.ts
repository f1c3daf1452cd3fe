import 'server-only';
import type { z } from 'zod';
import { isDeeperThan } from '@/lib/server/http/json-depth';
import { readBody, requireMediaType } from '@/lib/server/http/read-body';
import { AppError } from '@/lib/server/platform/app-error';

const MAX_BODY_BYTES = 16 * 1024;
/** What people say fits into a handful; more only serves to wear the checks down. */
const MAX_DEPTH = 20;

function parse(text: string): unknown {
  if (isDeeperThan(text, MAX_DEPTH)) {
    throw new AppError('bad_request', {
      message: `The request body is nested too deeply: ${MAX_DEPTH} levels are allowed.`,
    });
  }
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

/** JSON text, checked. Throws `bad_request`. */
export function parseText<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw new AppError('bad_request', { message: firstProblem(parsed.error) });
  return parsed.data;
}

/** The request's JSON body, checked. Throws `unsupported_media_type`, `payload_too_large` or `bad_request`. */
export async function parseJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes = MAX_BODY_BYTES,
): Promise<z.infer<Schema>> {
  requireMediaType(request, 'application/json');
  return parseText(await readBody(request, maxBytes), schema);
}
