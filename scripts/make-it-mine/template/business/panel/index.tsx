import { listMessages, type Message } from '@/business/messages/messages';
import { type MessageRow, MessageRows } from '@/business/panel/message-rows';
import { MessagesPanel } from '@/business/panel/messages-panel';
import { site } from '@/business/site';
import type { User } from '@/lib/server/auth/user';

const leftAt = new Intl.DateTimeFormat('en-GB', {
  timeZone: site.timeZone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
});

const toRow = ({ id, text, name, leftAtMs }: Message): MessageRow => ({
  id,
  text,
  name,
  when: leftAt.format(leftAtMs),
});

const countInWords = (count: number) => (count === 0 ? 'None yet' : `${count} left`);

/** Reads the visitor's own messages. Runs again whenever a tool has changed them. */
export async function Panel({ user }: { user: User }) {
  const messages = await listMessages(user);
  return (
    <MessagesPanel summary={countInWords(messages.length)}>
      <MessageRows rows={messages.map(toRow)} />
    </MessagesPanel>
  );
}

/** Shown while the messages are loading. */
export function PanelLoading() {
  return (
    <MessagesPanel summary="Loading…">
      <div aria-hidden className="h-28 animate-wait rounded-md bg-line" />
    </MessagesPanel>
  );
}
