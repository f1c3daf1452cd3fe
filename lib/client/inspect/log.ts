import type { InspectEvent, InspectState } from '@/lib/client/inspect/inspect-state';

const MAX_EVENTS = 400;

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const wordOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Ids, names of kinds, statuses and codes. What people say, arguments and instructions are left out. */
function detailOf(event: Fields): string {
  const item = fieldsOf(event.item);
  const response = fieldsOf(event.response);
  const error = fieldsOf(event.error);
  return [
    wordOf(event.response_id) ?? wordOf(response.id),
    wordOf(event.item_id) ?? wordOf(item.id),
    wordOf(item.type),
    wordOf(item.role),
    wordOf(item.name) ?? wordOf(event.name),
    wordOf(response.status),
    wordOf(error.code),
  ]
    .filter((word) => word !== null)
    .join(' ');
}

/** Adds a line for an event. Deltas of one kind in a row share a line. */
export function logEvent(
  state: InspectState,
  from: InspectEvent['from'],
  raw: unknown,
  atMs: number,
): InspectState {
  const event = fieldsOf(raw);
  const type = wordOf(event.type) ?? 'unknown';
  const last = state.events.at(-1);
  if (last?.type === type && last.from === from && type.endsWith('.delta')) {
    return { ...state, events: state.events.with(-1, { ...last, count: last.count + 1 }) };
  }
  const line = { id: (last?.id ?? 0) + 1, atMs, from, type, count: 1, detail: detailOf(event) };
  const session = fieldsOf(event.session);
  const output = fieldsOf(fieldsOf(session.audio).output);
  return {
    ...state,
    model: wordOf(session.model) ?? state.model,
    voice: wordOf(output.voice) ?? state.voice,
    events: [...state.events, line].slice(-MAX_EVENTS),
  };
}
