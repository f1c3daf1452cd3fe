import { ApiError } from '../events/api-error.ts';

/** Names that always mean this machine. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

interface SessionTool {
  type: string;
  server_url?: string | undefined;
}

/**
 * Refuses MCP servers outside this machine, so that nobody who may open a call makes the sandbox reach into the network.
 * `hosts` are the names that are permitted as well; `*` permits all. @throws ApiError 400 `invalid_value`
 */
export function requirePermittedHosts(
  tools: readonly SessionTool[],
  hosts: readonly string[],
  param: string,
): void {
  for (const [index, { type, server_url }] of tools.entries()) {
    if (type !== 'mcp' || server_url === undefined) continue;
    const { hostname } = new URL(server_url);
    if (LOOPBACK.test(hostname) || hosts.includes(hostname) || hosts.includes('*')) continue;
    const message = `The sandbox calls MCP servers on this machine only. Start it with --mcp-hosts ${hostname} to permit this one.`;
    throw new ApiError(400, 'invalid_value', message, `${param}[${index}].server_url`);
  }
}
