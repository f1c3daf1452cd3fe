import type { ChannelEvent } from '../../e2e/browser/page-recorder.ts';

/** An event of the data channel, in either direction, with its fields. */
export interface WireEvent {
  atMs: number;
  from: 'agent' | 'page';
  type: string;
  fields: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Returns a value as an object, or an empty one. */
export const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

export const toWireEvent = ({ atMs, type, json }: ChannelEvent, from: WireEvent['from']): WireEvent => ({
  atMs,
  from,
  type,
  fields: asFields(JSON.parse(json)),
});

/** A function call that the model has finished writing. */
export interface FunctionCall {
  toolCallId: string;
  name: string;
  json: string;
  atMs: number;
}

export function functionCalls(events: readonly WireEvent[]): FunctionCall[] {
  return events.flatMap(({ type, fields, atMs }) => {
    const item = asFields(fields.item);
    if (type !== 'response.output_item.done' || item.type !== 'function_call') return [];
    const [toolCallId, name, json] = [asText(item.call_id), asText(item.name), asText(item.arguments)];
    return [{ toolCallId, name, json, atMs }];
  });
}

/** When the page answered each function call, and with what. */
export function functionOutputs(events: readonly WireEvent[]): Map<string, { atMs: number; output: string }> {
  const outputs = new Map<string, { atMs: number; output: string }>();
  for (const { from, type, fields, atMs } of events) {
    const item = asFields(fields.item);
    if (from !== 'page' || type !== 'conversation.item.create' || item.type !== 'function_call_output')
      continue;
    outputs.set(asText(item.call_id), { atMs, output: asText(item.output) });
  }
  return outputs;
}

const QUIET_AFTER_MS = 450;

const isSpeechEnd = (type: string) =>
  type === 'output_audio_buffer.stopped' || type === 'output_audio_buffer.cleared';

const count = (events: readonly WireEvent[], isMeant: (event: WireEvent) => boolean) =>
  events.filter(isMeant).length;

export interface AgentState {
  /** It has begun to speak since then. */
  hasSpoken: boolean;
  /** When it began, if it has. */
  spokeAtMs: number | null;
  isSpeaking: boolean;
  /** It thinks, speaks, or waits for a tool. */
  isBusy: boolean;
  /** A tool waits for its reply, or for the caller. */
  awaitsTool: boolean;
}

/** Returns what the agent does at `nowMs`, and whether it has spoken since `sinceMs`. */
export function agentState(events: readonly WireEvent[], sinceMs: number, nowMs: number): AgentState {
  const started = count(events, ({ type }) => type === 'output_audio_buffer.started');
  const ended = count(events, ({ type }) => isSpeechEnd(type));
  const created = count(events, ({ type }) => type === 'response.created');
  const done = count(events, ({ type }) => type === 'response.done');
  const lastCreated = events.findLast(({ type }) => type === 'response.created')?.atMs ?? -1;
  const isAsked = events.some(
    ({ from, type, atMs }) => from === 'page' && type === 'response.create' && atMs > lastCreated,
  );
  const outputs = functionOutputs(events);
  const awaitsTool = functionCalls(events).some(({ toolCallId }) => !outputs.has(toolCallId));
  const spokeAtMs =
    events.find(({ type, atMs }) => type === 'output_audio_buffer.started' && atMs >= sinceMs)?.atMs ?? null;
  const last = events.findLast(
    ({ type }) =>
      type.startsWith('response.') ||
      type.startsWith('output_audio_buffer.') ||
      type.startsWith('conversation.item.create'),
  );
  const isSpeaking = started > ended;
  const isFresh = last !== undefined && nowMs - last.atMs < QUIET_AFTER_MS;
  return {
    hasSpoken: spokeAtMs !== null,
    spokeAtMs,
    isSpeaking,
    isBusy: isSpeaking || created > done || isAsked || awaitsTool || isFresh,
    awaitsTool,
  };
}

/** Returns what the agent has said since then, by its own transcript. */
export const saidSince = (events: readonly WireEvent[], sinceMs: number): string =>
  events
    .filter(({ type, atMs }) => type === 'response.output_audio_transcript.done' && atMs >= sinceMs)
    .map(({ fields }) => asText(fields.transcript))
    .join(' ');
