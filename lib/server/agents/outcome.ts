import 'server-only';
import type { ToolFailure, ToolReply } from '@/lib/shared/contract';

/** Returns a success. `summary`: one or two short sentences, good to read and to say aloud. */
export const ok = (summary: string, data: unknown): Extract<ToolReply, { ok: true }> => ({
  ok: true,
  summary,
  data,
});

/**
 * Returns a failure that the agent should explain. `message` says what to do instead.
 * Throw for anything the user cannot act on: it is logged, and the reply is `failed`.
 */
export const fail = (code: string, message: string): ToolFailure => ({ ok: false, error: { code, message } });
