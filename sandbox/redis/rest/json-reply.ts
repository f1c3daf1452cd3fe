import type { ServerResponse } from 'node:http';
import { ErrorReply } from '@redis/client';
import type { Outcome, Reply } from '../engine/bridge.ts';

export type Encoding = 'base64' | 'utf8';
type Json = string | number | null | Json[];

/** Base64 covers every string at every depth, as the Upstash client decodes blindly; integers and null stay. */
function toJson(reply: Reply, encoding: Encoding): Json {
  if (Array.isArray(reply)) return reply.map((item) => toJson(item, encoding));
  if (reply instanceof ErrorReply) return toJson(reply.message, encoding);
  if (typeof reply === 'string') return Buffer.from(reply).toString(encoding);
  return Buffer.isBuffer(reply) ? reply.toString(encoding) : reply;
}

/** Error texts are never encoded. */
export const toJsonOutcome = (outcome: Outcome, encoding: Encoding) =>
  'result' in outcome ? { result: toJson(outcome.result, encoding) } : outcome;

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
