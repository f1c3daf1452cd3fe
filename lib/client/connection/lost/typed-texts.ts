import type { Connection } from '@/lib/client/connection/connection';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';

interface TypedTextsOptions {
  /** The connection that is up; `null` while a new one is being set up. */
  connection: () => Connection | null;
  dispatch: (event: CallEvent) => void;
}

/**
 * What the user types in a call, until the conversation has it: a connection is dead for seconds before anybody knows. The
 * screen shows it all the while.
 */
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
  let waiting: string[] = [];

  const show = () => dispatch({ type: 'texts_unconfirmed', texts: [...sent, ...waiting] });

  function pass(text: string): void {
    const current = connection();
    if (current === null) {
      waiting.push(text);
      return;
    }
    sent.push(text);
    current.sendText(text);
  }

  return {
    send(text) {
      pass(text);
      show();
    },
    notice(event) {
      if (event.type !== 'item_added' || event.role !== 'user' || event.text === null) return;
      const index = sent.indexOf(event.text);
      if (index < 0) return;
      sent.splice(index, 1);
      show();
    },
    drop() {
      waiting = [...sent, ...waiting];
      sent = [];
    },
    resend() {
      const texts = waiting;
      waiting = [];
      texts.forEach(pass);
      return texts.length > 0;
    },
  };
}
