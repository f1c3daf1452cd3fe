import { z } from 'zod';
import { ItemInput } from './conversation/item-schema.ts';
import { ApiError } from './events/api-error.ts';
import { fromZodIssue } from './events/zod-refusal.ts';
import { ResponseParams } from './responses/response-params.ts';

const event_id = z.string().max(512).optional();
const item_id = z.string();

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), event_id, ...shape });

/** `session.update` keeps its session unparsed: that has its own checks and error codes. */
const ClientEvent = z.discriminatedUnion('type', [
  event('session.update', { session: z.unknown() }),
  event('conversation.item.create', { previous_item_id: z.string().nullish(), item: ItemInput }),
  event('conversation.item.retrieve', { item_id }),
  event('conversation.item.delete', { item_id }),
  event('conversation.item.truncate', {
    item_id,
    content_index: z.number().int().min(0),
    audio_end_ms: z.number().int().min(0),
  }),
  event('response.create', { response: ResponseParams.nullish() }),
  event('response.cancel', { response_id: z.string().optional() }),
  event('output_audio_buffer.clear', {}),
  event('input_audio_buffer.clear', {}),
  event('input_audio_buffer.commit', {}),
  event('input_audio_buffer.append', { audio: z.base64() }),
]);
export type ClientEvent = z.infer<typeof ClientEvent>;

/** Reads one message of the data channel or the sideband. Throws an `ApiError` that says what is wrong with it. */
export function parseClientEvent(raw: unknown): ClientEvent {
  const parsed = ClientEvent.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw fromZodIssue(parsed.error.issues, raw, '');
}

/** The message as JSON, before its type is known. */
export function parseJsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Falls through to the refusal below: the text is not JSON.
  }
  throw new ApiError(400, 'invalid_request_error', 'The message is not a JSON object.');
}
