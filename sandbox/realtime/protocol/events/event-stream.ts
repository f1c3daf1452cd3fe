import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { newId } from './ids.ts';
import type { ServerEvent } from './server-event.ts';

export type Listener = (text: string, event: RealtimeServerEvent) => void;

/** Gives every server event its id and passes it to the data channel, the sidebands and the log. */
export class EventStream {
  #listeners = new Set<Listener>();

  /** Returns a function that removes the listener. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly emit = (event: ServerEvent): void => {
    const whole = withId(event);
    const text = JSON.stringify(whole);
    for (const listener of [...this.#listeners]) listener(text, whole);
  };
}

/** The compiler cannot rejoin the distributed `Omit` of a union; the spread is correct. */
export const withId = (event: ServerEvent): RealtimeServerEvent =>
  ({ event_id: newId('event'), ...event }) as RealtimeServerEvent;
