import 'server-only';
import type { ToolFailure, ToolReply } from '@/lib/shared/contract';

/** The tool did its work. `summary`: one or two short sentences, good to read and to say aloud. */
export const ok = (summary: string, data: unknown): Extract<ToolReply, { ok: true }> => ({
  ok: true,
  summary,
  data,
});

/**
 * The tool could not do its work, and the agent should say why. `message` says what to do instead.
 * For anything that nobody can act on, throw: it is logged and answered as `failed`.
 */
export const fail = (code: string, message: string): ToolFailure => ({ ok: false, error: { code, message } });
