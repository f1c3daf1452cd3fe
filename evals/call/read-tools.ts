import { asText, functionCalls, functionOutputs, type WireEvent } from './call-events.ts';
import type { Act, ApiExchange, ToolUse } from './observed.ts';
import { toolsOfCall } from './tool-names.ts';

function parseArguments(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

type Press = Extract<Act, { kind: 'pressed' }>;

/** What became of one function call: what the server ran decides, then what the page looked at, then the card. */
function readOutcome(
  exchanges: readonly ApiExchange[],
  call: { toolCallId: string; name: string },
  output: string | undefined,
  press: Press | undefined,
): Pick<ToolUse, 'outcome' | 'summary'> {
  const run = exchanges.find((one) => one.kind === 'tool' && one.toolCallId === call.toolCallId);
  if (run?.kind === 'tool') {
    return run.reply.ok
      ? { outcome: 'done', summary: run.reply.summary }
      : { outcome: 'failed', summary: run.reply.error.message };
  }
  if (press !== undefined && !press.allowed) return { outcome: 'denied', summary: '' };
  if (output === undefined) return { outcome: 'open', summary: '' };
  const looked = exchanges.findLast((one) => one.kind === 'preview' && one.name === call.name);
  return { outcome: 'failed', summary: looked?.kind === 'preview' ? looked.words : asText(output) };
}

/**
 * Returns every function call of the model with what became of it. A press of the caller belongs to the first call of
 * that title that was open when the card appeared.
 */
export function readTools(
  events: readonly WireEvent[],
  exchanges: readonly ApiExchange[],
  acts: readonly Act[],
): ToolUse[] {
  const known = toolsOfCall(exchanges);
  const outputs = functionOutputs(events);
  const presses = acts.filter((act) => act.kind === 'pressed');
  return functionCalls(events).map((call) => {
    const summary = known.find(({ name }) => name === call.name);
    const title = summary?.title ?? call.name;
    const output = outputs.get(call.toolCallId);
    const index = presses.findIndex(
      (press) =>
        press.title === title &&
        press.shownAtMs >= call.atMs &&
        (output?.atMs ?? Infinity) >= press.shownAtMs,
    );
    const press = index === -1 ? undefined : presses.splice(index, 1)[0];
    const ran = exchanges.some((one) => one.kind === 'tool' && one.toolCallId === call.toolCallId);
    return {
      toolCallId: call.toolCallId,
      name: call.name,
      title,
      arguments: parseArguments(call.json),
      changesData: summary?.changesData ?? false,
      needsApproval: summary?.needsApproval ?? false,
      askedAtMs: call.atMs,
      ranAtMs: ran ? (output?.atMs ?? null) : null,
      ...readOutcome(exchanges, call, output?.output, press),
      approval: press === undefined ? 'not asked' : press.allowed ? 'allowed' : 'denied',
    };
  });
}
