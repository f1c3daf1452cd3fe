import type { ServerResponse } from 'node:http';
import type { ApiError } from '../protocol/events/api-error.ts';
import { newId } from '../protocol/events/ids.ts';

/**
 * CORS of `POST /v1/realtime/calls` as at OpenAI: any origin and a fixed list of headers, so that a client
 * with another header fails here as it does there.
 */
const PREFLIGHT_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, x-openai-agents-sdk, openai-safety-identifier',
  'access-control-max-age': '600',
};
const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Location, X-Request-Id',
};

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const errorAnswer = (error: ApiError): Answer => jsonAnswer(error.status, { error: error.fields });

/** `isStrict`: as a service that knows no header but the two which every offer needs. */
export const preflightAnswer = (isStrict: boolean): Answer => ({
  status: 204,
  headers: isStrict
    ? { ...PREFLIGHT_HEADERS, 'access-control-allow-headers': 'authorization, content-type' }
    : PREFLIGHT_HEADERS,
});

export const withCors = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...CORS_HEADERS },
});

/** Returns an answer to an offer that does not say which call it began. */
export function withoutLocation(answer: Answer): Answer {
  const { location: _, ...headers } = answer.headers ?? {};
  return { ...answer, headers };
}

export function send(response: ServerResponse, { status, headers, body = '' }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...length, 'x-request-id': newId('req') });
  response.end(body);
}
