import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';

export interface ErrorDescription {
  name: string;
  code?: string;
  status?: number;
  message?: string;
  /** The provider's own id of the failed request, for its support. */
  providerRequestId?: string;
  frames?: string[];
  cause?: ErrorDescription;
}

const asText = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : undefined);

/**
 * Returns what may be logged of an error. Messages of foreign errors stay out: Redis errors quote whole commands,
 * provider errors quote parts of keys, parse errors quote their input.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const fields = error as Error & { code?: unknown; status?: unknown; requestID?: unknown };
  const description: ErrorDescription = { name: error.constructor.name || error.name };
  const code = asText(fields.code);
  if (code) description.code = code;
  if (typeof fields.status === 'number') description.status = fields.status;
  const providerRequestId = asText(fields.requestID);
  if (providerRequestId) description.providerRequestId = providerRequestId;
  if (error instanceof AppError) description.message = error.message;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  if (!(error instanceof AppError)) description.frames = frames.slice(0, 6).map((line) => line.trim());
  if (error.cause !== undefined && depth < 3) description.cause = describeError(error.cause, depth + 1);
  return description;
}
