import type { z } from 'zod';

/**
 * The schema by which OpenAI's Agents SDK reads server events. The SDK does not export it, so it is loaded by
 * its path. Recordings of the real API pass it.
 */
const file = new URL('./openaiRealtimeEvents.mjs', import.meta.resolve('@openai/agents-realtime'));
const { realtimeServerEventSchema } = (await import(file.href)) as { realtimeServerEventSchema: z.ZodType };

/** Real events that the SDK passes on unparsed, because its schema does not list them. */
const UNLISTED = new Set(['input_audio_buffer.timeout_triggered', 'response.mcp_call.failed']);

/** The same holds for items with a picture. */
const holdsPicture = (event: { type: string; item?: { content?: { type: string }[] } }): boolean =>
  event.item?.content?.some(({ type }) => type === 'input_image') === true;

/** Throws when the official SDK could not parse the event. */
export function assertReadableBySdk(event: { type: string }): void {
  if (!UNLISTED.has(event.type) && !holdsPicture(event)) realtimeServerEventSchema.parse(event);
}
