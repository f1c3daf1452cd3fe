import type { ServerEvent, ToolEvent } from '@/lib/client/state/call-event';
import type { Conversation, TranscriptEntry } from '@/lib/client/state/call-state';
import { humanise } from '@/lib/client/state/transcript/argument-words';
import { addEntry, hasEntry, updateEntry } from '@/lib/client/state/transcript/conversation';
import type { ToolCallId } from '@/lib/shared/ids';

type ToolEntry = Extract<TranscriptEntry, { kind: 'tool' }>;
type ToolRequested = Extract<ServerEvent, { type: 'tool_requested' }>;

const waitingSince = (conversation: Conversation, atMs: number): Conversation => ({
  ...conversation,
  tracking: { ...conversation.tracking, waitingSinceMs: atMs },
});

function requestTool(conversation: Conversation, event: ToolRequested): Conversation {
  if (hasEntry(conversation, event.toolCallId)) return conversation;
  const tool = conversation.tracking.tools.find(({ name }) => name === event.name);
  return addEntry(conversation, {
    kind: 'tool',
    id: event.toolCallId,
    name: event.name,
    title: tool?.title ?? humanise(event.name),
    state: tool?.needsApproval ? 'waiting_for_approval' : 'running',
    startedAtMs: event.atMs,
    finishedAtMs: null,
    arguments: event.arguments,
    reply: null,
  });
}

/** The life of one tool call: requested, allowed or denied, run, finished. */
export function reduceToolEvent(conversation: Conversation, event: ToolRequested | ToolEvent): Conversation {
  const update = (toolCallId: ToolCallId, change: (entry: ToolEntry) => ToolEntry) =>
    updateEntry(conversation, 'tool', toolCallId, change);

  switch (event.type) {
    case 'tool_requested':
      return requestTool(conversation, event);
    case 'approval_requested':
      return update(event.approval.toolCallId, (entry) => ({ ...entry, state: 'waiting_for_approval' }));
    case 'approval_closed': {
      const closed = update(event.toolCallId, (entry) =>
        event.allowed
          ? { ...entry, state: 'running', startedAtMs: event.atMs }
          : { ...entry, state: 'denied', finishedAtMs: event.atMs },
      );
      return event.allowed || closed === conversation ? closed : waitingSince(closed, event.atMs);
    }
    case 'tool_started':
      return update(event.toolCallId, (entry) => ({ ...entry, state: 'running', startedAtMs: event.atMs }));
    case 'tool_finished': {
      const { reply } = event;
      const finished = update(event.toolCallId, (entry) => ({
        ...entry,
        state: reply.ok ? 'done' : 'failed',
        finishedAtMs: event.atMs,
        reply,
      }));
      return finished === conversation ? finished : waitingSince(finished, event.atMs);
    }
  }
}
