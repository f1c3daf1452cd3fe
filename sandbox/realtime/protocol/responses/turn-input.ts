import { setTimeout as delay } from 'node:timers/promises';
import type { Mind, Tool, ToolResult, TurnInput } from '../../mind/interfaces.ts';
import type { Entry } from '../conversation/conversation.ts';
import { type Item, itemText, type McpCall } from '../conversation/items.ts';
import type { RemoteTool, RemoteTools } from '../mcp/remote-tools.ts';
import type { Session } from '../policy/session.ts';
import type { ResponseParams } from './response-params.ts';

/** After this long, the sentence counts as not recognised. */
const HEARING_TIMEOUT_MS = 15_000;

/** Longer instructions of a response are a policy, which is not all to be said now. */
const LONGEST_ORDER = 300;

/** Its last words were cut: it is to finish them. */
const GO_ON = /(?:^|[.!?]\s+)(?:go on|continue|carry on|finish your)\b/i;

/** What a response is asked with. */
export interface Asked {
  session: Session;
  params: ResponseParams;
  remote: RemoteTools;
}

/**
 * Reads the mind's input from the conversation: results not spoken yet, and what the user said since the
 * agent last spoke or acted. Told to go on, it is to reply once more to what its last words were about.
 */
export async function readTurnInput(
  { session, params, remote }: Asked,
  entries: readonly Entry[],
  idle: boolean,
  mind: Pick<Mind, 'guess'>,
): Promise<TurnInput> {
  const acted = entries.findLastIndex(({ item }) => isCall(item));
  const since = (index: number) => entries.slice(Math.max(index, acted) + 1);
  const last = entries.findLastIndex(isSpokenAnswer);
  const told = [...since(last).flatMap(readTold), ...readOrder(params)];
  const goesOn = told.some((order) => GO_ON.test(order));
  const spoken = goesOn ? entries.slice(0, last).findLastIndex(isSpokenAnswer) : last;
  const unanswered = since(spoken);
  const shown = unanswered.filter(isUserMessage);
  const heard = await Promise.all(shown.filter((entry) => !isOnlyPictures(entry)).map(heardText));
  const said = heard.filter((text) => text !== null);
  const policy = {
    instructions: params.instructions ?? session.instructions,
    tools: selectTools({ session, params, remote }),
  };
  return {
    ...policy,
    told,
    said,
    noise: said.length < heard.length,
    pictures: shown.reduce((sum, entry) => sum + countPictures(entry), 0),
    results: entries
      .filter(({ settledAt }, index) => (settledAt ?? index) > spoken)
      .flatMap(({ item }) => readResult(item, entries)),
    opening: !entries.some(({ item }) => item.type === 'message' && item.role !== 'system'),
    idle,
    meaning: await mind.guess(policy, said),
  };
}

/** The tools in force, as the mind reads them: functions, and what remote servers offer. */
export function selectTools({ session, params, remote }: Asked): Tool[] {
  const choice = params.tool_choice ?? session.tool_choice;
  if (choice === 'none') return [];
  const offers = offeredTools({ session, params, remote });
  const chosen = typeof choice === 'string' ? offers : offers.filter((offer) => isChosen(offer, choice));
  return chosen.map(({ tool }) => tool);
}

/** The remote tool of that name, unless a function has it. */
export function findRemote(name: string, asked: Asked): RemoteTool | null {
  return offeredTools(asked).find(({ tool }) => tool.name === name)?.remote ?? null;
}

interface Offer {
  tool: Tool;
  remote: RemoteTool | null;
}

/** Functions first: where names are the same, they win. */
function offeredTools({ session, params, remote }: Asked): Offer[] {
  const tools = params.tools ?? session.tools;
  const functions = tools.flatMap((tool): Offer[] =>
    tool.type === 'function'
      ? [
          {
            tool: { name: tool.name, description: tool.description ?? '', parameters: tool.parameters },
            remote: null,
          },
        ]
      : [],
  );
  const servers = tools.flatMap((tool) => (tool.type === 'mcp' ? remote.toolsOf(tool) : []));
  const taken = new Set(functions.map(({ tool }) => tool.name));
  const others = servers.filter(({ tool }) => !taken.has(tool.name) && taken.add(tool.name));
  return [...functions, ...others.map((offer) => ({ tool: offer.tool, remote: offer }))];
}

type Choice = Exclude<Session['tool_choice'], string>;

function isChosen({ tool, remote }: Offer, choice: Choice): boolean {
  if (choice.type === 'function') return remote === null && tool.name === choice.name;
  if (remote?.serverLabel !== choice.server_label) return false;
  return !choice.name || tool.name === choice.name;
}

export const isCall = (item: Item): boolean => item.type === 'function_call' || item.type === 'mcp_call';

/** Words that were cut before the user heard them do not count. */
export const isSpokenAnswer = ({ item }: Entry): boolean =>
  item.type === 'message' && item.role === 'assistant' && itemText(item) !== '';

const readTold = ({ item }: Entry): string[] =>
  item.type === 'message' && item.role === 'system' ? [itemText(item)] : [];

const readOrder = ({ instructions = '' }: ResponseParams): string[] =>
  instructions.length > 0 && instructions.length <= LONGEST_ORDER ? [instructions] : [];

const isUserMessage = ({ item }: Entry): boolean => item.type === 'message' && item.role === 'user';

const countPictures = ({ item }: Entry): number =>
  item.type === 'message' ? item.content.filter(({ type }) => type === 'input_image').length : 0;

const isOnlyPictures = (entry: Entry): boolean =>
  entry.item.type === 'message' && entry.item.content.length > 0
    ? countPictures(entry) === entry.item.content.length
    : false;

async function heardText({ item, heard }: Entry): Promise<string | null> {
  if (item.type !== 'message') return '';
  if (!heard) return itemText(item);
  const timeout = new AbortController();
  const lost = delay(HEARING_TIMEOUT_MS, '', { signal: timeout.signal, ref: false });
  lost.catch(() => undefined);
  try {
    return await Promise.race([heard, lost]);
  } finally {
    timeout.abort();
  }
}

function readResult(item: Item, entries: readonly Entry[]): ToolResult[] {
  if (item.type === 'mcp_call') return readRemoteResult(item);
  if (item.type !== 'function_call_output') return [];
  const call = entries.find(
    (entry) => entry.item.type === 'function_call' && entry.item.call_id === item.call_id,
  );
  if (call?.item.type !== 'function_call') return [{ name: '', arguments: {}, output: item.output }];
  return [{ name: call.item.name, arguments: parseArguments(call.item.arguments), output: item.output }];
}

/** None before the call has ended. */
function readRemoteResult({ name, arguments: args, output, error }: McpCall): ToolResult[] {
  const code = error?.type === 'tool_execution_error' ? 'no_result' : 'no_connection';
  const failure = error && JSON.stringify({ error: { code, message: error.message } });
  const told = output ?? failure ?? null;
  return told === null ? [] : [{ name, arguments: parseArguments(args), output: told }];
}

function parseArguments(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
