import type { z } from 'zod';

/**
 * The schema by which OpenAI's Agents SDK reads server events. It is not exported, so it is reached by its file.
 * Recordings of the real API pass it.
 */
const file = new URL('./openaiRealtimeEvents.mjs', import.meta.resolve('@openai/agents-realtime'));
const { realtimeServerEventSchema } = (await import(file.href)) as { realtimeServerEventSchema: z.ZodType };

/** Real events that the SDK passes on unread, because its schema does not list them. */
const UNLISTED = new Set(['input_audio_buffer.timeout_triggered']);

/** Throws when the official SDK could not read the event. */
export function assertReadableBySdk(event: { type: string }): void {
  if (!UNLISTED.has(event.type)) realtimeServerEventSchema.parse(event);
}
