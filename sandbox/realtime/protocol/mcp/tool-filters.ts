import type { Filter, ResponseMcpTool } from './tool-schema.ts';

/** A tool as its server describes it. */
export interface ListedTool {
  name: string;
  description: string | null;
  input_schema: unknown;
  annotations: { readOnlyHint?: boolean | undefined } | null;
}

const matches = ({ read_only, tool_names }: Filter, tool: ListedTool): boolean =>
  (tool_names === undefined || tool_names.includes(tool.name)) &&
  (read_only === undefined || read_only === (tool.annotations?.readOnlyHint === true));

/** Whether the session admits a tool of the server. */
export function isAllowed({ allowed_tools }: ResponseMcpTool, tool: ListedTool): boolean {
  if (!allowed_tools) return true;
  return Array.isArray(allowed_tools) ? allowed_tools.includes(tool.name) : matches(allowed_tools, tool);
}

/** Whether a person must approve a call first. Like OpenAI, it asks unless the session says otherwise. */
export function needsApproval({ require_approval }: ResponseMcpTool, tool: ListedTool): boolean {
  if (!require_approval) return true;
  if (typeof require_approval === 'string') return require_approval === 'always';
  const { always, never } = require_approval;
  if (always && matches(always, tool)) return true;
  return never ? !matches(never, tool) : !always;
}
