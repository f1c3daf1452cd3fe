import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../protocol/events/api-error.ts';

const explain = (type: string, expected: string): string =>
  `This API method only accepts '${expected}' requests, but you specified the header 'Content-Type: ${type}'. Please try again with a supported content type.`;

/** The type alone: OpenAI refuses an offer with a charset. @throws ApiError 400 `unsupported_content_type` */
export function requireSdp({ 'content-type': type = '' }: IncomingHttpHeaders): void {
  if (type.toLowerCase() === 'application/sdp') return;
  const message = `Unsupported content type. ${explain(type, 'application/sdp')}`;
  throw new ApiError(400, 'unsupported_content_type', message, '');
}

/** Nothing at all is no JSON that lacks its header. @throws ApiError 400 `unsupported_content_type` */
export function requireJson({ 'content-type': type = '' }: IncomingHttpHeaders, body: Buffer): void {
  if (body.length === 0 || /^application\/json\s*(?:;|$)/i.test(type)) return;
  const message = `Unsupported content type: '${type}'. ${explain(type, 'application/json')}`;
  throw new ApiError(400, 'unsupported_content_type', message);
}
