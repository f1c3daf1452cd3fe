import type { Tool } from '../../mind/interfaces.ts';
import { appendItem } from '../conversation/append-item.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { McpCall, McpListTools } from '../conversation/items.ts';
import { ApiError } from '../events/api-error.ts';
import { newId } from '../events/ids.ts';
import type { Emit } from '../events/server-event.ts';
import { requirePermittedHosts } from './permitted-hosts.ts';
import { type CallOutcome, RemoteServer } from './remote-server.ts';
import { isAllowed, type ListedTool, needsApproval } from './tool-filters.ts';
import type { McpTool, ResponseMcpTool } from './tool-schema.ts';

interface Listing {
  label: string;
  server: RemoteServer;
  /** Empty until the server has answered. */
  tools: readonly ListedTool[];
  done: Promise<void>;
}

/** A tool of a remote server as one response may call it. */
export interface RemoteTool {
  serverLabel: string;
  tool: Tool;
  wantsApproval: boolean;
  server: RemoteServer;
}

/** A call whose arguments are written. */
export interface RemoteCall {
  item: McpCall;
  outputIndex: number;
  remote: RemoteTool;
}

/**
 * The remote MCP servers of one call: lists their tools, calls them, and asks for approval. After a call the client
 * requests the next response, as at OpenAI.
 */
export class RemoteTools {
  readonly #emit: Emit;
  readonly #conversation: Conversation;
  readonly #hosts: readonly string[];
  readonly #listings = new Map<string, Listing>();
  readonly #awaitingApproval = new Map<string, RemoteCall>();
  #closed = false;

  /** `hosts`: those beside this machine whose servers may be called. */
  constructor(emit: Emit, conversation: Conversation, hosts: readonly string[]) {
    this.#emit = emit;
    this.#conversation = conversation;
    this.#hosts = hosts;
  }

  /** @throws ApiError 400 when a server stands elsewhere; `param` is where the tools do */
  requirePermitted(tools: readonly { type: string }[], param: string): void {
    requirePermittedHosts(tools, this.#hosts, param);
  }

  /**
   * Lists the tools of servers that are new or changed. Resolves when all of them have answered or failed. @throws
   * ApiError when the conversation is full
   */
  list(tools: readonly { type: string }[]): Promise<unknown> {
    const servers = tools.filter((tool): tool is McpTool => tool.type === 'mcp' && 'server_url' in tool);
    return Promise.all(servers.map((tool) => this.#listingOf(tool).done));
  }

  /** The tools of one server of the session or of a response; none before they are listed. */
  toolsOf(given: ResponseMcpTool): RemoteTool[] {
    const listing = this.#find(given);
    if (!listing) return [];
    const { label, server, tools } = listing;
    return tools
      .filter((tool) => isAllowed(given, tool))
      .map((tool) => ({
        serverLabel: label,
        server,
        wantsApproval: needsApproval(given, tool),
        tool: describeTool(tool, needsApproval(given, tool)),
      }));
  }

  /** Begins a call, or asks for its approval. */
  begin(call: RemoteCall): void {
    const { id: itemId, name, arguments: args, server_label, approval_request_id } = call.item;
    if (!approval_request_id) return void this.#run(call);
    this.#awaitingApproval.set(approval_request_id, call);
    const item = {
      id: approval_request_id,
      type: 'mcp_approval_request' as const,
      server_label,
      name,
      arguments: args,
    };
    appendItem(this.#conversation, this.#emit, { item, audioMs: 0, heard: null }, itemId);
  }

  /** @throws ApiError 400 unless the request waits for a decision */
  requireRequest(approvalRequestId: string): void {
    if (this.#awaitingApproval.has(approvalRequestId)) return;
    const message = `Approval request with id '${approvalRequestId}' not found.`;
    throw new ApiError(400, 'invalid_value', message, 'item.approval_request_id');
  }

  /** The person's decision about a call that waits for it. */
  decide(approvalRequestId: string, approve: boolean, reason: string | null): void {
    const call = this.#awaitingApproval.get(approvalRequestId);
    if (!call) return;
    this.#awaitingApproval.delete(approvalRequestId);
    if (approve) return void this.#run(call);
    this.#settle(call, { error: { type: 'tool_execution_error', message: reason ?? NOT_APPROVED } });
  }

  /** The call has ended. What still runs is forgotten. */
  close(): void {
    this.#closed = true;
    for (const { server } of this.#listings.values()) void server.close();
  }

  #find(given: ResponseMcpTool): Listing | undefined {
    if (given.server_url !== undefined) return this.#listings.get(toKey(given));
    return [...this.#listings.values()].findLast(({ label }) => label === given.server_label);
  }

  #listingOf(tool: McpTool): Listing {
    const key = toKey(tool);
    const known = this.#listings.get(key);
    if (known) return known;
    const id = newId('item');
    const item: McpListTools = { id, type: 'mcp_list_tools', server_label: tool.server_label, tools: [] };
    const previous_item_id = this.#conversation.add({ item, audioMs: 0, heard: null });
    this.#emit({ type: 'conversation.item.added', previous_item_id, item: structuredClone(item) });
    const server = new RemoteServer(tool);
    const listing: Listing = { label: tool.server_label, server, tools: [], done: Promise.resolve() };
    this.#listings.set(key, listing);
    listing.done = this.#list(tool, listing, item).then((listed) => {
      // A later `session.update` tries again.
      if (!listed) this.#listings.delete(key);
    });
    return listing;
  }

  /** Fills the listing and its item. Resolves to whether the server answered; never rejects. */
  async #list(tool: McpTool, listing: Listing, item: McpListTools): Promise<boolean> {
    this.#emit({ type: 'mcp_list_tools.in_progress', item_id: item.id });
    const answer = await listing.server.listTools();
    if ('tools' in answer) {
      listing.tools = answer.tools.filter((listed) => isAllowed(tool, listed));
      // The Agents SDK's schema knows no tool without a description.
      item.tools = listing.tools.map((listed) => ({ ...listed, description: listed.description ?? '' }));
    } else {
      const { error } = answer;
      const status = 'code' in error ? ` (${error.code})` : '';
      item.error = `Error retrieving tool list from MCP server: '${tool.server_label}'. ${error.message}${status}`;
    }
    const isListed = item.error === undefined;
    if (this.#closed) return isListed;
    const previous_item_id = this.#conversation.previousId(item.id);
    this.#emit({ type: 'conversation.item.done', previous_item_id, item: structuredClone(item) });
    this.#emit({ type: `mcp_list_tools.${isListed ? 'completed' : 'failed'}`, item_id: item.id });
    return isListed;
  }

  async #run(call: RemoteCall): Promise<void> {
    const { item, outputIndex: output_index, remote } = call;
    this.#emit({ type: 'response.mcp_call.in_progress', item_id: item.id, output_index });
    const outcome = await remote.server.call(item.name, JSON.parse(item.arguments));
    if (!this.#closed) this.#settle(call, outcome);
  }

  #settle({ item, outputIndex: output_index }: RemoteCall, outcome: CallOutcome): void {
    if ('output' in outcome) item.output = outcome.output;
    else item.error = outcome.error;
    const entry = this.#conversation.find(item.id);
    if (entry) entry.settledAt = this.#conversation.entries.length;
    const verdict = 'output' in outcome ? 'completed' : 'failed';
    this.#emit({ type: `response.mcp_call.${verdict}`, item_id: item.id, output_index });
    const previous_item_id = this.#conversation.previousId(item.id);
    this.#emit({ type: 'conversation.item.done', previous_item_id, item: structuredClone(item) });
  }
}

const NOT_APPROVED = 'The user did not approve this.';

/** What makes a listing another one. */
const toKey = ({
  server_label,
  server_url,
  authorization,
  headers,
  allowed_tools,
}: ResponseMcpTool): string =>
  JSON.stringify([server_label, server_url, authorization, headers, allowed_tools]);

/** The mind asks for no spoken yes where the screen asks, or where the server says that nothing changes. */
function describeTool(
  { name, description, input_schema, annotations }: ListedTool,
  wantsApproval: boolean,
): Tool {
  const notes = [
    ...(description ? [description] : []),
    ...(wantsApproval ? ['The user approves it on the screen.'] : []),
    ...(annotations?.readOnlyHint ? ['It needs no confirmation.'] : []),
  ];
  return { name, description: notes.join(' '), parameters: input_schema };
}
