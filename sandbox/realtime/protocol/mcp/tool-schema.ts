import { z } from 'zod';

/** Tools by name, or those that the server marks with `readOnlyHint`. */
const Filter = z.strictObject({
  read_only: z.boolean().optional(),
  tool_names: z.array(z.string()).optional(),
});
export type Filter = z.infer<typeof Filter>;

/** Connectors and tunnels are services of OpenAI. */
const atOpenAI = (kind: string) =>
  z
    .string()
    .refine(() => false, { error: ({ input }) => `${kind} '${input}' is not available for this session.` })
    .optional();

const common = {
  type: z.literal('mcp'),
  server_label: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/),
  connector_id: atOpenAI('Connector'),
  tunnel_id: atOpenAI('Tunnel'),
  server_description: z.string().optional(),
  /** An OAuth access token, sent as a bearer. */
  authorization: z.string().optional(),
  headers: z.record(z.string(), z.string()).nullish(),
  allowed_tools: z.union([z.array(z.string()), Filter]).nullish(),
  require_approval: z
    .union([
      z.enum(['always', 'never']),
      z.strictObject({ always: Filter.optional(), never: Filter.optional() }),
    ])
    .nullish(),
  allowed_callers: z.array(z.literal('direct')).nullish(),
  defer_loading: z.literal(false).optional(),
};

const ServerUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: ({ input }) => `Invalid MCP server URL: '${input}'.`,
  });

/** A remote MCP server among the tools of a session. Shape: openai `RealtimeToolsConfigUnion.Mcp`. */
export const McpTool = z.strictObject({ ...common, server_url: ServerUrl });
export type McpTool = z.infer<typeof McpTool>;

/** The same for one response. Without an address it means the session's server of that label. */
export const ResponseMcpTool = z.strictObject({ ...common, server_url: ServerUrl.optional() });
export type ResponseMcpTool = z.infer<typeof ResponseMcpTool>;

/** Forces a call to a server, or to one of its tools. */
export const McpToolChoice = z.strictObject({
  type: z.literal('mcp'),
  server_label: z.string(),
  name: z.string().nullish(),
});
