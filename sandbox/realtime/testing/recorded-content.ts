import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';

/** What messages contain in recorded traffic, by role. */
const CONTENT_TYPES: Record<string, readonly string[]> = {
  user: ['input_text', 'input_audio', 'input_image'],
  system: ['input_text'],
  assistant: ['output_text', 'output_audio'],
};
const ID = /^event_\w+$/;

/**
 * Checks what the SDK's schema does not: ids of events and the content of messages. Throws when they differ.
 */
export function assertAsRecorded(event: RealtimeServerEvent): void {
  const id = 'event_id' in event ? String(event.event_id) : '';
  if (!ID.test(id)) throw new Error(`'${id}' is no id of an event.`);
  const items = [
    ...('item' in event ? [event.item] : []),
    ...('response' in event ? (event.response.output ?? []) : []),
  ];
  for (const item of items) {
    if (item.type !== 'message') continue;
    for (const part of item.content) {
      if (!CONTENT_TYPES[item.role]?.includes(part.type ?? '')) {
        throw new Error(`A message of the ${item.role} holds '${part.type}'.`);
      }
      if (part.type === 'input_audio' && !('transcript' in part)) {
        throw new Error('The sound of a user has no key `transcript`.');
      }
    }
  }
}
