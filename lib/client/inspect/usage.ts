import {
  type InspectState,
  type InspectTokens,
  type InspectTurn,
  noTokens,
} from '@/lib/client/inspect/inspect-state';
import { endWait, followWait } from '@/lib/client/inspect/waits';
import { asFields, type Fields } from '@/lib/client/state/as-fields';
import { tokensMicroUsd } from '@/lib/shared/prices';

const readCount = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);

/** Reads `usage` of a `response.done`. Cached tokens are a part of the input tokens. */
export function readTokens(usage: unknown): InspectTokens & { cachedText: number; cachedAudio: number } {
  const input = asFields(asFields(usage).input_token_details);
  const cached = asFields(input.cached_tokens_details);
  const output = asFields(asFields(usage).output_token_details);
  const cachedText = readCount(cached.text_tokens);
  const cachedAudio = readCount(cached.audio_tokens);
  return {
    inputText: readCount(input.text_tokens),
    inputAudio: readCount(input.audio_tokens),
    inputCached: cachedText + cachedAudio,
    outputText: readCount(output.text_tokens),
    outputAudio: readCount(output.audio_tokens),
    cachedText,
    cachedAudio,
  };
}

function addTokens(a: InspectTokens, b: InspectTokens): InspectTokens {
  return {
    inputText: a.inputText + b.inputText,
    inputAudio: a.inputAudio + b.inputAudio,
    inputCached: a.inputCached + b.inputCached,
    outputText: a.outputText + b.outputText,
    outputAudio: a.outputAudio + b.outputAudio,
  };
}

const newTurn = (responseId: string, atMs: number): InspectTurn => ({
  responseId,
  atMs,
  wait: null,
  tokens: 0,
  costMicroUsd: 0,
  spent: noTokens,
});

/** Changes the line of a response, and begins it with the first event about it. */
function updateTurn(
  state: InspectState,
  responseId: string,
  atMs: number,
  change: Partial<InspectTurn>,
): InspectState {
  const index = state.turns.findIndex((turn) => turn.responseId === responseId);
  const turn = { ...(state.turns[index] ?? newTurn(responseId, atMs)), ...change };
  return { ...state, turns: index < 0 ? [...state.turns, turn] : state.turns.with(index, turn) };
}

function finishTurn(state: InspectState, response: Fields, atMs: number): InspectState {
  const { cachedText, cachedAudio, ...spent } = readTokens(response.usage);
  const costMicroUsd = tokensMicroUsd(state.model, { ...spent, cachedText, cachedAudio });
  const tokens = spent.inputText + spent.inputAudio + spent.outputText + spent.outputAudio;
  const counted = {
    ...state,
    tokens: addTokens(state.tokens, spent),
    costMicroUsd: state.costMicroUsd + costMicroUsd,
  };
  return updateTurn(counted, String(response.id ?? ''), atMs, { tokens, costMicroUsd, spent });
}

/** The first sound of a response: what the user waited for. */
function beginSound(state: InspectState, responseId: string, atMs: number): InspectState {
  const wait = state.awaited === null ? null : endWait(state.awaited, atMs);
  return { ...updateTurn(state, responseId, atMs, { wait }), awaited: null };
}

/**
 * Counts tokens, money and waits of the responses. `heardAtMs`: when the user was last heard on this side; `null` when
 * nobody measured.
 */
export function countUsage(
  state: InspectState,
  raw: unknown,
  atMs: number,
  heardAtMs: number | null = null,
): InspectState {
  const event = asFields(raw);
  switch (event.type) {
    case 'response.done':
      return finishTurn(state, asFields(event.response), atMs);
    case 'output_audio_buffer.started':
      return beginSound(state, String(event.response_id ?? ''), atMs);
    default:
      return { ...state, awaited: followWait(state.awaited, event, { atMs, heardAtMs }) };
  }
}
