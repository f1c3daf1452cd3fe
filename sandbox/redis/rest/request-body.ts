import type { IncomingMessage } from 'node:http';
import { RestError } from './rest-error.ts';

/** Upstash's own limit for one request. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

const tooLarge = () => new RestError(413, `ERR max request size exceeded. Limit: ${MAX_BODY_BYTES} bytes`);

/** Reads and parses a JSON body. Throws `RestError` 413 when it is too large, 400 when it is not JSON. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new RestError(400, 'ERR failed to parse the request body as JSON');
  }
}
