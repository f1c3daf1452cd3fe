import type {
  RealtimeConversationItemAssistantMessage,
  RealtimeConversationItemFunctionCall,
  RealtimeConversationItemFunctionCallOutput,
  RealtimeConversationItemSystemMessage,
  RealtimeConversationItemUserMessage,
} from 'openai/resources/realtime/realtime';

type WithId<Item> = Item & { id: string };

export type SystemMessage = WithId<RealtimeConversationItemSystemMessage>;
export type UserMessage = WithId<RealtimeConversationItemUserMessage>;
/** 2.x models mark what is said before a function call as commentary. */
export type AssistantMessage = WithId<RealtimeConversationItemAssistantMessage> & {
  phase?: 'commentary' | 'final_answer';
};
export type FunctionCall = WithId<RealtimeConversationItemFunctionCall> & { call_id: string };
export type FunctionCallOutput = WithId<RealtimeConversationItemFunctionCallOutput>;

/** The items that this server keeps. MCP items are refused. */
export type Item = SystemMessage | UserMessage | AssistantMessage | FunctionCall | FunctionCallOutput;

/** The whole text of a message, spoken or written. */
export function itemText(item: SystemMessage | UserMessage | AssistantMessage): string {
  const parts: { text?: string | undefined; transcript?: string | null | undefined }[] = item.content;
  return parts
    .map((part) => part.text ?? part.transcript ?? '')
    .filter(Boolean)
    .join(' ');
}
