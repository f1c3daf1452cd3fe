import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';

type WithoutId<Event> = Event extends unknown ? Omit<Event, 'event_id'> : never;

/** Any event of the official server union, before it gets its `event_id`. */
export type ServerEvent = WithoutId<RealtimeServerEvent>;
export type Emit = (event: ServerEvent) => void;
