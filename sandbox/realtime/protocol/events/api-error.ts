import type { core } from 'zod';

/** The fields OpenAI puts into every error, over HTTP and on the data channel. */
export interface ErrorFields {
  message: string;
  type: string;
  code: string | null;
  param: string | null;
}

/** A refused request or client event, in OpenAI's wording. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: ErrorFields;

  constructor(status: number, code: string | null, message: string, param: string | null = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.fields = { message, type: errorType(status), code, param };
  }
}

/**
 * Converts anything thrown to an error for the client. An unexpected one is a bug of the sandbox, and is
 * printed.
 */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  console.error('The sandbox has a bug:', error);
  return new ApiError(500, null, 'The server had an error processing your request.');
}

function errorType(status: number): string {
  if (status >= 500) return 'server_error';
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}

type Issue = core.$ZodIssue;

/** Bounded fields that are not integers have codes of their own. */
const DECIMALS = new Set(['threshold', 'speed', 'retention_ratio']);

/** Converts zod's first issue to OpenAI's wording and code. `root` is the name of the parsed value. */
export function fromZodIssue(issues: readonly Issue[], input: unknown, root: string): ApiError {
  const issue = issues[0];
  if (!issue) return new ApiError(400, 'invalid_request_error', 'The request is not valid.');
  const path = root === '' ? [...issue.path] : [root, ...issue.path];
  const param = joinPath(issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path);
  if (issue.code === 'unrecognized_keys') {
    return new ApiError(400, 'unknown_parameter', `Unknown parameter: '${param}'.`, param);
  }
  const value = valueAt(input, issue.path);
  const discriminator = issue.code === 'invalid_union' ? issue.discriminator : undefined;
  if (value === undefined) {
    return new ApiError(400, 'missing_required_parameter', `Missing required parameter: '${param}'.`, param);
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const below = issue.code === 'too_small';
    const bound = below ? issue.minimum : issue.maximum;
    const kind = DECIMALS.has(String(issue.path.at(-1))) ? 'decimal' : boundKind(issue.origin);
    const code = `${kind}_${below ? 'below_min' : 'above_max'}_${boundUnit(issue.origin)}`;
    const expected = `Expected a value ${below ? '>=' : '<='} ${bound}, but got ${describe(value, issue.origin)} instead.`;
    return new ApiError(400, code, `Invalid '${param}': ${code.replaceAll('_', ' ')}. ${expected}`, param);
  }
  if (issue.code === 'invalid_type') {
    const message = `Invalid type for '${param}': expected ${issue.expected}, but got ${typeName(value)} instead.`;
    return new ApiError(400, 'invalid_type', message, param);
  }
  if (issue.code === 'custom') return new ApiError(400, 'invalid_value', issue.message, param);
  const values = allowedValues(issue);
  const supported = values.length > 0 ? ` Supported values are: ${values.map(quote).join(', ')}.` : '';
  const shown = discriminator === undefined ? describe(value) : `${typeName(value)}`;
  return new ApiError(400, 'invalid_value', `Invalid value: ${shown}.${supported}`, param);
}

const joinPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('');

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function allowedValues(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values;
  if (issue.code !== 'invalid_union') return [];
  return issue.errors.flatMap((errors) => errors.flatMap(allowedValues));
}

const boundKind = (origin: string): string =>
  origin === 'number' || origin === 'int' ? 'integer' : origin === 'array' ? 'array' : 'string';
const boundUnit = (origin: string): string => (origin === 'number' || origin === 'int' ? 'value' : 'length');

const describe = (value: unknown, origin?: string): string =>
  origin === 'string' || origin === 'array'
    ? `length ${(value as { length: number }).length}`
    : typeof value === 'object'
      ? typeName(value)
      : quote(value);

const quote = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value));

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
