import type {
  RealtimeConversationItemAssistantMessage,
  RealtimeConversationItemFunctionCall,
  RealtimeConversationItemFunctionCallOutput,
  RealtimeConversationItemSystemMessage,
  RealtimeConversationItemUserMessage,
  RealtimeMcpApprovalRequest,
  RealtimeMcpApprovalResponse,
  RealtimeMcpListTools,
  RealtimeMcpToolCall,
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

/** A server that could not be asked has no tools, and the reason. */
export type McpListTools = WithId<RealtimeMcpListTools> & { error?: string };
export type McpCall = RealtimeMcpToolCall;

/** The items that this server keeps. */
export type Item =
  | SystemMessage
  | UserMessage
  | AssistantMessage
  | FunctionCall
  | FunctionCallOutput
  | McpListTools
  | McpCall
  | RealtimeMcpApprovalRequest
  | RealtimeMcpApprovalResponse;

/** The whole text of a message, spoken or written. */
export function itemText(item: SystemMessage | UserMessage | AssistantMessage): string {
  const parts: { text?: string | undefined; transcript?: string | null | undefined }[] = item.content;
  return parts
    .map((part) => part.text ?? part.transcript ?? '')
    .filter(Boolean)
    .join(' ');
}
