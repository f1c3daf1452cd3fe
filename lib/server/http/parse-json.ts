import 'server-only';
import type { z } from 'zod';
import { readBody, requireMediaType } from '@/lib/server/http/read-body';
import { AppError } from '@/lib/server/platform/app-error';

const MAX_BODY_BYTES = 16 * 1024;
/** Real arguments need a handful of levels. More only serves to wear the checks down. */
const MAX_DEPTH = 20;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const isOpening = (code: number) => code === 0x5b || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;

/** Returns whether brackets nest deeper than `limit`: one pass over the text, without parsing or recursion. */
function isDeeperThan(json: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (inString && code === BACKSLASH) at += 1;
    else if (code === QUOTE) inString = !inString;
    else if (!inString && isOpening(code)) depth += 1;
    else if (!inString && isClosing(code)) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

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

/** Returns the first problem, with the name of the field. */
function formatProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join('.');
  return `${field ? `"${field}": ` : ''}${issue?.message ?? 'not in the expected form'}`.slice(0, 200);
}

/** Returns JSON text as the schema reads it. Throws `bad_request`. */
export function parseText<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) throw new AppError('bad_request', { message: formatProblem(parsed.error) });
  return parsed.data;
}

/**
 * Returns the request's JSON body as the schema reads it.
 * Throws `unsupported_media_type`, `payload_too_large` or `bad_request`.
 */
export async function parseJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes = MAX_BODY_BYTES,
): Promise<z.infer<Schema>> {
  requireMediaType(request, 'application/json');
  return parseText(await readBody(request, maxBytes), schema);
}
