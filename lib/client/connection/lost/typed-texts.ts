import type { Connection } from '@/lib/client/connection/connection';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';

interface TypedTextsOptions {
  /** The connection that is up; `null` while a new one is being set up. */
  connection: () => Connection | null;
  dispatch: (event: CallEvent) => void;
}

/** What the user types in a call, until the conversation has it: a connection is dead for seconds before anybody knows. */
export interface TypedTexts {
  /** Without a connection, the text waits for the next one. */
  send(text: string): void;
  /** The server reports what it has got. */
  notice(event: ServerEvent): void;
  /** The connection dropped, or the call ends: what it did not confirm waits, before what was typed since. */
  drop(): void;
  /** Sends what has waited, and returns whether there was anything. */
  resend(): boolean;
}

export function createTypedTexts({ connection, dispatch }: TypedTextsOptions): TypedTexts {
  /** On their way: the server has not confirmed them. */
  let sent: string[] = [];
  let waiting: readonly string[] = [];

  function setWaiting(texts: readonly string[]): void {
    if (texts.length === 0 && waiting.length === 0) return;
    waiting = texts;
    dispatch({ type: 'texts_unsent', texts });
  }

  function send(text: string): void {
    const current = connection();
    if (current === null) {
      setWaiting([...waiting, text]);
      return;
    }
    sent.push(text);
    current.sendText(text);
  }

  return {
    send,
    notice(event) {
      if (event.type !== 'item_added' || event.role !== 'user' || event.text === null) return;
      const index = sent.indexOf(event.text);
      if (index >= 0) sent.splice(index, 1);
    },
    drop() {
      setWaiting([...sent, ...waiting]);
      sent = [];
    },
    resend() {
      const texts = waiting;
      setWaiting([]);
      texts.forEach(send);
      return texts.length > 0;
    },
  };
}
