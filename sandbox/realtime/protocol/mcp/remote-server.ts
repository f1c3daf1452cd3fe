import type { CallToolResult, Client, Tool as SdkTool } from '@modelcontextprotocol/client';
import type { McpCall } from '../conversation/items.ts';
import type { ListedTool } from './tool-filters.ts';
import type { McpTool } from './tool-schema.ts';

const LIST_TIMEOUT_MS = 15_000;
const CALL_TIMEOUT_MS = 60_000;

export type CallFailure = NonNullable<McpCall['error']>;
export type CallOutcome = { output: string } | { error: CallFailure };

type Sdk = typeof import('@modelcontextprotocol/client');

/** A connection to one MCP server over streamable HTTP. */
export class RemoteServer {
  readonly #tool: McpTool;
  #client: Promise<Client> | null = null;

  constructor(tool: McpTool) {
    this.#tool = tool;
  }

  /** Every tool that the server offers, or why there are none. Never rejects. */
  async listTools(): Promise<{ tools: ListedTool[] } | { error: CallFailure }> {
    try {
      const client = await this.#connect();
      const { tools } = await client.listTools(undefined, { timeout: LIST_TIMEOUT_MS });
      return { tools: readTools(tools) };
    } catch (error) {
      return { error: readFailure(error, await loadSdk()) };
    }
  }

  /** Calls a tool. Never rejects: what went wrong becomes the error of the call's item. */
  async call(name: string, args: Record<string, unknown>): Promise<CallOutcome> {
    try {
      const client = await this.#connect();
      return readResult(await client.callTool({ name, arguments: args }, { timeout: CALL_TIMEOUT_MS }));
    } catch (error) {
      return { error: readFailure(error, await loadSdk()) };
    }
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => null);
    await client?.close().catch(() => undefined);
  }

  #connect(): Promise<Client> {
    this.#client ??= connect(this.#tool);
    this.#client.catch(() => {
      this.#client = null;
    });
    return this.#client;
  }
}

/** Loaded with the first server: a sandbox without MCP starts without it. */
const loadSdk = (): Promise<Sdk> => import('@modelcontextprotocol/client');

async function connect({ server_url, authorization, headers }: McpTool): Promise<Client> {
  const { Client, StreamableHTTPClientTransport } = await loadSdk();
  const client = new Client({ name: 'parley-realtime-sandbox', version: '0.1.0' });
  const sent = new Headers(headers ?? {});
  if (authorization !== undefined) sent.set('authorization', `Bearer ${authorization}`);
  // A redirect could lead to a host that is not permitted.
  const requestInit: RequestInit = { headers: sent, redirect: 'error' };
  const transport = new StreamableHTTPClientTransport(new URL(server_url), { requestInit });
  await client.connect(transport, { timeout: LIST_TIMEOUT_MS });
  return client;
}

const readTools = (tools: readonly SdkTool[]): ListedTool[] =>
  tools.map(({ name, description, inputSchema, annotations }) => ({
    name,
    description: description ?? null,
    input_schema: inputSchema,
    annotations: annotations ?? null,
  }));

function readResult({ content, structuredContent, isError }: CallToolResult): CallOutcome {
  const texts = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const rest = structuredContent === undefined ? content : structuredContent;
  const output = texts.length > 0 ? texts.join('\n') : JSON.stringify(rest);
  return isError ? { error: { type: 'tool_execution_error', message: output } } : { output };
}

/** What OpenAI's types call these: the server's JSON-RPC error, its HTTP status, or no answer at all. */
function readFailure(
  error: unknown,
  { ProtocolError, SdkHttpError, SdkError, SdkErrorCode }: Sdk,
): CallFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ProtocolError) return { type: 'protocol_error', code: error.code, message };
  if (error instanceof SdkHttpError) return { type: 'http_error', code: error.status, message };
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) {
    return { type: 'http_error', code: 504, message: 'The MCP server did not answer in time.' };
  }
  return { type: 'http_error', code: 502, message: `The MCP server could not be reached: ${message}` };
}
