import { readFile } from 'node:fs/promises';
import { loadPhrases } from '@parley/realtime-sandbox/mind/load-phrases';
import { z } from 'zod';

const Tool = z.object({ name: z.string(), description: z.string(), parameters: z.unknown() });
/** Several tools: each is right. `null`: small talk, which gets words, or nothing that anybody here can do. */
const ToolLabel = z.union([z.string().transform((tool) => [tool]), z.array(z.string())]).nullable();
const Request = z.object({
  say: z.string(),
  tool: ToolLabel,
  agent: z.string().optional(),
  kind: z.enum(['smalltalk', 'offtopic']).optional(),
});
const Agent = z.object({ instructions: z.string(), tools: z.array(Tool) });
const Requests = z.array(Request);
const Agents = z.record(z.string(), Agent);
const Forks = z.array(z.object({ business: z.string(), tools: z.array(Tool), requests: Requests }));
const OffTopic = z.array(z.object({ say: z.string() }));

export type Agent = z.infer<typeof Agent>;
type Phrases = Awaited<ReturnType<typeof loadPhrases>>;

/** What a sentence asks for: one of some tools, a few words, or nothing here. */
export type Wanted = { kind: 'tool'; names: readonly string[] } | { kind: 'words' } | { kind: 'nothing' };

/** A sentence, whom it is said to, and what it asks for. */
export interface SaidOnce {
  group: string;
  say: string;
  wanted: Wanted;
  agent: Agent;
  phrases: Phrases;
}

export interface SetPaths {
  /** Invented businesses: an array of `{ business, tools, requests }`. They have no phrases. */
  forks: string;
  /** An array of `{ say }`, said to every agent in turn. */
  offTopic: string;
  /** The requests of one business, its agents and its phrases. */
  business: { requests: string; agents: string; phrases: string } | null;
}

/** Reads labelled sentences. Throws when a file does not have the form described here. */
export async function readSets({ forks, offTopic, business }: SetPaths): Promise<SaidOnce[]> {
  const none = await loadPhrases(null);
  const invented = (await readJson(forks, Forks)).map(({ business: name, tools, requests }) => ({
    name,
    requests,
    agent: { instructions: `You are the assistant of ${name}.`, tools },
  }));
  const asked = invented.flatMap(({ requests, agent }) =>
    requests.map((request) => ({ ...labelled('forks', request), agent, phrases: none })),
  );
  const own = business ? await readBusiness(business) : { requests: [], listeners: [] };
  const listeners = [...own.listeners, ...invented.map(({ agent }) => ({ agent, phrases: none }))];
  const remarks = (await readJson(offTopic, OffTopic)).flatMap(({ say }) =>
    listeners.map((listener) => ({
      ...listener,
      group: 'off topic',
      say,
      wanted: { kind: 'nothing' as const },
    })),
  );
  return [...own.requests, ...asked, ...remarks];
}

function labelled(group: string, { say, tool, kind }: z.output<typeof Request>) {
  if (tool !== null) return { group, say, wanted: { kind: 'tool' as const, names: tool } };
  if (kind === 'smalltalk') return { group, say, wanted: { kind: 'words' as const } };
  return { group: 'off topic', say, wanted: { kind: 'nothing' as const } };
}

async function readBusiness(paths: NonNullable<SetPaths['business']>) {
  const agents = await readJson(paths.agents, Agents);
  const phrases = await loadPhrases(paths.phrases);
  const requests = (await readJson(paths.requests, Requests)).map((request): SaidOnce => {
    const agent = request.agent === undefined ? Object.values(agents)[0] : agents[request.agent];
    if (!agent) throw new Error(`${paths.requests}: there is no agent ${request.agent}.`);
    return { ...labelled('business', request), agent, phrases };
  });
  return { requests, listeners: Object.values(agents).map((agent) => ({ agent, phrases })) };
}

async function readJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')));
}
