import { setTimeout as delay } from 'node:timers/promises';
import type { Tool, ToolResult, TurnInput } from '../../mind/interfaces.ts';
import type { Entry } from '../conversation/conversation.ts';
import { type Item, itemText } from '../conversation/items.ts';
import type { Session } from '../policy/session.ts';
import type { ResponseParams } from './response-params.ts';

/** After this long, the sentence counts as not recognised. */
const HEARING_TIMEOUT_MS = 15_000;

/**
 * Reads the mind's input from the conversation: results not spoken yet, and what the user said since the
 * agent last spoke or acted.
 */
export async function readTurnInput(
  session: Session,
  params: ResponseParams,
  entries: readonly Entry[],
  idle: boolean,
): Promise<TurnInput> {
  const spoken = entries.findLastIndex(isSpokenAnswer);
  const acted = entries.findLastIndex(({ item }) => item.type === 'function_call');
  const unanswered = entries.slice(Math.max(spoken, acted) + 1);
  const shown = unanswered.filter(isUserMessage);
  const heard = await Promise.all(shown.filter((entry) => !isOnlyPictures(entry)).map(heardText));
  const said = heard.filter((text) => text !== null);
  return {
    instructions: params.instructions ?? session.instructions,
    tools: selectTools(session, params),
    said,
    noise: said.length < heard.length,
    pictures: shown.reduce((sum, entry) => sum + countPictures(entry), 0),
    results: entries.slice(spoken + 1).flatMap((entry) => readResult(entry.item, entries)),
    opening: !entries.some(({ item }) => item.type === 'message' && item.role !== 'system'),
    idle,
  };
}

/** The function tools in force, as the mind reads them. */
export function selectTools(session: Session, params: ResponseParams = {}): Tool[] {
  const choice = params.tool_choice ?? session.tool_choice;
  if (choice === 'none') return [];
  const tools = (params.tools ?? session.tools).flatMap((tool) =>
    tool.type === 'function'
      ? [{ name: tool.name, description: tool.description ?? '', parameters: tool.parameters }]
      : [],
  );
  if (typeof choice === 'string' || choice.type !== 'function') return tools;
  return tools.filter((tool) => tool.name === choice.name);
}

/** Words that were cut before the user heard them do not count. */
const isSpokenAnswer = ({ item }: Entry): boolean =>
  item.type === 'message' && item.role === 'assistant' && itemText(item) !== '';

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
  if (item.type !== 'function_call_output') return [];
  const call = entries.find(
    (entry) => entry.item.type === 'function_call' && entry.item.call_id === item.call_id,
  );
  if (call?.item.type !== 'function_call') return [{ name: '', arguments: {}, output: item.output }];
  return [{ name: call.item.name, arguments: parseArguments(call.item.arguments), output: item.output }];
}

function parseArguments(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
