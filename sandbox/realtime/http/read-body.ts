import type { IncomingMessage } from 'node:http';
import { ApiError } from '../protocol/events/api-error.ts';

/** An SDP offer takes a few kilobytes, a session with many tools some tens of kilobytes. */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * @throws ApiError 413 when the body is larger than that, 400 when the client disconnects. The rest of a body
 * that is too large is read and dropped, so that the client receives the response.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else if (bytes > MAX_BODY_BYTES * 16) throw tooLarge();
    }
  } catch (error) {
    throw error instanceof ApiError ? error : cutShort();
  }
  if (bytes > MAX_BODY_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

const tooLarge = (): ApiError =>
  new ApiError(413, 'request_too_large', `The request body may have at most ${MAX_BODY_BYTES} bytes.`);

const cutShort = (): ApiError =>
  new ApiError(400, 'invalid_request_error', 'The request ended before its body did.');

/** @throws ApiError 400 when it is not JSON */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    const message = 'We could not parse the JSON body of your request.';
    throw new ApiError(400, 'invalid_json', message);
  }
}
