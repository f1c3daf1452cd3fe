const HIDDEN = '***';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A copy of tools as they may be shown: with the names of the headers, without what opens a server. */
export function hideCredentials<T>(tools: readonly T[]): T[] {
  return tools.map((tool) => {
    if (!isObject(tool) || tool.type !== 'mcp') return tool;
    const headers = isObject(tool.headers)
      ? { headers: Object.fromEntries(Object.keys(tool.headers).map((name) => [name, HIDDEN])) }
      : {};
    const authorization = tool.authorization === undefined ? {} : { authorization: HIDDEN };
    return { ...tool, ...headers, ...authorization };
  });
}

/** The same for an event of a client, whose tools stand in its `session` or its `response`. */
export function hideEventCredentials(event: Record<string, unknown>): Record<string, unknown> {
  const shown = { ...event };
  for (const place of ['session', 'response']) {
    const settings = event[place];
    if (isObject(settings) && Array.isArray(settings.tools)) {
      shown[place] = { ...settings, tools: hideCredentials(settings.tools) };
    }
  }
  return shown;
}
