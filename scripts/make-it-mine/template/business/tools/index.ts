import 'server-only';
import { leaveMessage } from '@/business/tools/leave-message';
import { endCall } from '@/lib/server/agents/end-call-tool';

/** Every tool that an agent may be given. */
export const tools = [leaveMessage, endCall] as const;

export type ToolName = (typeof tools)[number]['name'];
