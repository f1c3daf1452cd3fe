import type { ObservedCall, ToolUse } from '../call/observed.ts';
import type { Expectations, ExpectedTool } from '../scenario/scenario.ts';
import { type Check, show, toCheck } from './check.ts';
import { matches, showPattern } from './matches.ts';

const isNamed = ({ name, title }: ToolUse, tool: string) => name === tool || title === tool;

const fits = (use: ToolUse, { tool, with: pattern, outcome = 'done' }: ExpectedTool) =>
  isNamed(use, tool) && use.outcome === outcome && (pattern === undefined || matches(use.arguments, pattern));

const inWords = ({ tool, with: pattern, outcome = 'done' }: ExpectedTool) =>
  `${tool}${pattern === undefined ? '' : ` with ${showPattern(pattern)}`}${outcome === 'done' ? '' : `, ${outcome}`}`;

const seen = ({ name, arguments: args, outcome }: ToolUse) => `${name} with ${show(args)} (${outcome})`;
const allSeen = (tools: readonly ToolUse[]) => tools.map(seen).join('; ') || 'no tool at all';

function checkOne(expected: ExpectedTool, tools: readonly ToolUse[]): string | null {
  const found = tools.filter((use) => fits(use, expected));
  const [first] = found;
  if (first === undefined && expected.times !== 0) return `It was not used so. Used: ${allSeen(tools)}.`;
  const isChange = first?.changesData === true && first.outcome === 'done';
  const times = expected.times ?? (isChange ? 1 : undefined);
  if (times !== undefined && found.length !== times) {
    return `It happened ${found.length} times and not ${times}: ${allSeen(found)}.`;
  }
  const unasked = expected.approved && found.find(({ approval }) => approval !== 'allowed');
  return unasked ? `The caller was not asked on the screen before ${seen(unasked)}.` : null;
}

function checkOrder(expected: readonly ExpectedTool[], tools: readonly ToolUse[]): string | null {
  let from = 0;
  for (const one of expected) {
    const next = tools.findIndex((use, index) => index >= from && fits(use, one));
    if (next === -1) return `${inWords(one)} did not come in its turn. In order: ${allSeen(tools)}.`;
    from = next + 1;
  }
  return null;
}

/** Changes that nobody expected, or that needed a yes and had none, or that were made twice. */
function checkChanges({ tools: expected }: Expectations, tools: readonly ToolUse[]): Check[] {
  const changes = tools.filter(({ changesData, outcome }) => changesData && outcome === 'done');
  const stranger = changes.find((use) => !expected.some(({ tool }) => isNamed(use, tool)));
  const unasked = tools.find(
    ({ needsApproval, outcome, approval }) => needsApproval && outcome === 'done' && approval !== 'allowed',
  );
  const twice = changes.find((use, index) =>
    changes
      .slice(0, index)
      .some((other) => other.name === use.name && show(other.arguments) === show(use.arguments)),
  );
  return [
    toCheck('nothing else was changed', stranger ? `${seen(stranger)} was not expected.` : null),
    toCheck(
      'nothing was done without a yes',
      unasked ? `${seen(unasked)} ran, and nobody had allowed it.` : null,
    ),
    toCheck('nothing was done twice', twice ? `${seen(twice)} was done again.` : null),
  ];
}

/** Checks which tools were used, with what, how often, in which order, and with whose yes. */
export function checkTools(expect: Expectations, { tools }: Pick<ObservedCall, 'tools'>): Check[] {
  const wanted = expect.tools.filter(({ times }) => times !== 0);
  const never = expect.neverTools.map((tool) => {
    const used = tools.find((use) => isNamed(use, tool) && use.outcome !== 'denied');
    return toCheck(`never: ${tool}`, used ? `${seen(used)} was used.` : null);
  });
  return [
    ...expect.tools.map((one) => toCheck(`tool: ${inWords(one)}`, checkOne(one, tools))),
    ...(expect.anyOrder || wanted.length < 2 ? [] : [toCheck('in this order', checkOrder(wanted, tools))]),
    ...never,
    ...checkChanges(expect, tools),
  ];
}
