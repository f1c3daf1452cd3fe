import 'server-only';
import { AppError } from '@/lib/server/platform/app-error';
import { PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';

export interface CauseDescription {
  cause: ProviderCause;
  problem: string;
  cure: string;
}

export interface ErrorDescription {
  name: string;
  code?: string;
  status?: number;
  /** The field of our request that the provider did not accept. */
  param?: string;
  message?: string;
  /** Why the provider refused, and what its owner can do. */
  provider?: CauseDescription;
  /** The provider's own id of the failed request, for its support. */
  providerRequestId?: string;
  frames?: string[];
  cause?: ErrorDescription;
}

const asText = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : undefined);

/** Returns a cause in words for the log, which the owner reads. */
export function describeCause(cause: ProviderCause): CauseDescription {
  const { problem, cure } = PROVIDER_CAUSES[cause];
  return { cause, problem, cure };
}

/** Returns where the error was thrown. The stack begins with the message, whose lines may look like that too. */
function listFrames({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  const lines = at === -1 ? [] : stack.slice(at + message.length).split('\n');
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
}

/** A name of its own says more than the class, which is `DOMException` of every timeout. Some classes leave it as it is. */
const nameOf = (error: Error) => (error.name === 'Error' ? error.constructor.name : error.name) || 'Error';

/**
 * Returns what may be logged of an error. Messages of foreign errors stay out: Redis errors quote whole commands,
 * provider errors quote parts of keys, parse errors quote their input.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const fields = error as Error & { code?: unknown; status?: unknown; param?: unknown; requestID?: unknown };
  const description: ErrorDescription = { name: nameOf(error) };
  const code = asText(fields.code);
  if (code) description.code = code;
  if (typeof fields.status === 'number') description.status = fields.status;
  const param = asText(fields.param);
  // A name, never a value.
  if (param && /^[\w.[\]]+$/.test(param)) description.param = param;
  const providerRequestId = asText(fields.requestID);
  if (providerRequestId) description.providerRequestId = providerRequestId;
  if (error instanceof AppError) {
    description.message = error.message;
    if (error.providerCause) description.provider = describeCause(error.providerCause);
  } else {
    description.frames = listFrames(error);
  }
  if (error.cause !== undefined && depth < 3) description.cause = describeError(error.cause, depth + 1);
  return description;
}
