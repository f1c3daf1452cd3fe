import type { InspectEvent, InspectState } from '@/lib/client/inspect/inspect-state';
import { asFields, type Fields } from '@/lib/client/state/as-fields';

const MAX_EVENTS = 400;

const nonEmptyText = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Returns ids, types, statuses and codes. What people say, arguments and instructions are left out. */
function describeEvent(event: Fields): string {
  const item = asFields(event.item);
  const response = asFields(event.response);
  const details = asFields(response.status_details);
  const error = asFields(event.error);
  return [
    nonEmptyText(event.response_id) ?? nonEmptyText(response.id),
    nonEmptyText(event.item_id) ?? nonEmptyText(item.id),
    nonEmptyText(item.type),
    nonEmptyText(item.role),
    nonEmptyText(item.name) ?? nonEmptyText(event.name),
    nonEmptyText(response.status),
    nonEmptyText(details.reason),
    nonEmptyText(error.code) ?? nonEmptyText(asFields(details.error).code),
  ]
    .filter((word) => word !== null)
    .join(' ');
}

/** Adds a line for an event. Deltas of one type in a row share a line. */
export function logEvent(
  state: InspectState,
  from: InspectEvent['from'],
  raw: unknown,
  atMs: number,
): InspectState {
  const event = asFields(raw);
  const type = nonEmptyText(event.type) ?? 'unknown';
  const last = state.events.at(-1);
  if (last?.type === type && last.from === from && type.endsWith('.delta')) {
    return { ...state, events: state.events.with(-1, { ...last, count: last.count + 1 }) };
  }
  const line = { id: (last?.id ?? 0) + 1, atMs, from, type, count: 1, detail: describeEvent(event) };
  const session = asFields(event.session);
  const output = asFields(asFields(session.audio).output);
  return {
    ...state,
    model: nonEmptyText(session.model) ?? state.model,
    voice: nonEmptyText(output.voice) ?? state.voice,
    events: [...state.events, line].slice(-MAX_EVENTS),
  };
}
