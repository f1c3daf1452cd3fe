import type { core } from 'zod';
import { ApiError } from './api-error.ts';

type Issue = core.$ZodIssue;

/** Bounded fields that are not integers have codes of their own. */
const DECIMALS = new Set(['threshold', 'speed', 'retention_ratio']);

/** Converts zod's first issue to OpenAI's wording and code. `root` is the name of the parsed value. */
export function fromZodIssue(issues: readonly Issue[], input: unknown, root: string): ApiError {
  const issue = issues[0];
  if (!issue) return new ApiError(400, 'invalid_request_error', 'The request is not valid.');
  const path = root === '' ? [...issue.path] : [root, ...issue.path];
  const param = joinPath(issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path);
  const { code, message } = explain(issue, valueAt(input, issue.path), param);
  return new ApiError(400, code, message, param);
}

interface Reason {
  code: string;
  message: string;
}

function explain(issue: Issue, value: unknown, param: string): Reason {
  if (issue.code === 'unrecognized_keys') {
    return { code: 'unknown_parameter', message: `Unknown parameter: '${param}'.` };
  }
  if (value === undefined) {
    return { code: 'missing_required_parameter', message: `Missing required parameter: '${param}'.` };
  }
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return explainBound(issue, value, param);
    case 'invalid_type': {
      const expected = EXPECTED[issue.expected] ?? `a ${issue.expected}`;
      const message = `Invalid type for '${param}': expected ${expected}, but got ${typeName(value)} instead.`;
      return { code: 'invalid_type', message };
    }
    case 'invalid_format':
      return { code: 'invalid_value', message: explainFormat(issue, param) };
    case 'custom': {
      const code: unknown = issue.params?.code;
      return { code: typeof code === 'string' ? code : 'invalid_value', message: issue.message };
    }
    default:
      return { code: 'invalid_value', message: explainValue(issue, value) };
  }
}

const EXPECTED: Record<string, string> = {
  array: 'an array',
  int: 'an integer',
  number: 'a decimal',
  object: 'an object',
  record: 'an object',
  tuple: 'an array',
};

type Bound = Extract<Issue, { code: 'too_small' | 'too_big' }>;

function explainBound(issue: Bound, value: unknown, param: string): Reason {
  const below = issue.code === 'too_small';
  const bound = below ? issue.minimum : issue.maximum;
  const side = below ? 'below_min' : 'above_max';
  if (issue.origin === 'number' || issue.origin === 'int') {
    const kind = DECIMALS.has(String(issue.path.at(-1))) ? 'decimal' : 'integer';
    const words = `${kind} ${below ? 'below minimum' : 'above maximum'} value`;
    const expected = `Expected a value ${below ? '>=' : '<='} ${bound}, but got ${quote(value)} instead.`;
    return { code: `${kind}_${side}_value`, message: `Invalid '${param}': ${words}. ${expected}` };
  }
  const kind = issue.origin === 'array' ? 'array' : 'string';
  const name = kind === 'array' ? 'an array' : 'a string';
  const { length } = value as { length: number };
  const expected = `Expected ${name} with ${below ? 'minimum' : 'maximum'} length ${bound}, but got ${name} with length ${length} instead.`;
  const message = `Invalid '${param}': ${kind} too ${below ? 'short' : 'long'}. ${expected}`;
  return { code: `${kind}_${side}_length`, message };
}

/** Does not repeat the value, which may be minutes of sound. */
function explainFormat(issue: Extract<Issue, { code: 'invalid_format' }>, param: string): string {
  if (issue.format === 'base64') {
    return `Invalid '${param}'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got an invalid value.`;
  }
  const pattern = issue.pattern?.replace(/^\/|\/$/g, '') ?? '';
  return `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '${pattern}'.`;
}

function explainValue(issue: Issue, value: unknown): string {
  const values = allowedValues(issue);
  const supported = values.length > 0 ? ` Supported values are: ${values.map(quote).join(', ')}.` : '';
  const shown = typeof value === 'object' ? typeName(value) : quote(value);
  return `Invalid value: ${shown}.${supported}`;
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
  if ('options' in issue && issue.options) return issue.options;
  return issue.errors.flatMap((errors) => errors.flatMap(allowedValues));
}

const quote = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value));

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
