import type { Reply } from '../interfaces.ts';
import type { Pending, Values } from '../memory.ts';
import { inWords, questionFor } from '../talk/questions.ts';
import { withArticle } from '../talk/suggestions.ts';
import type { Slot } from '../tools/slots.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';
import { type Context, callTools, say } from './context.ts';

/** Continues a call: looks something up, asks for what is missing, asks for a yes, or calls. */
export function proceed(context: Context, tool: ToolProfile, given: Values): Reply {
  const values = withRemembered(context, tool, { ...sharedWithOpen(context, tool), ...given });
  const missing = tool.slots.find((slot) => slot.required && !(slot.name in values));
  if (missing) {
    const asking: Pending = { kind: 'asking', tool: tool.name, values, slot: missing.name, tries: 0 };
    const lookup = missing.kind === 'time' ? lookupFor(context, tool, values) : null;
    if (lookup) return callTools(context, [lookup], null, { resume: asking });
    return say(context, questionFor(tool, missing, context.phrases), { pending: asking });
  }
  if (tool.wantsSpokenYes) {
    const text = `${doingInWords(context, tool, values)} Shall I go ahead?`;
    return say(context, text, { pending: { kind: 'confirming', tool: tool.name, values } });
  }
  return act(context, tool, values);
}

/**
 * Calls the tool. Repeats a change first, so that a wrong word is noticed, unless the user just confirmed it.
 */
export function act(context: Context, tool: ToolProfile, values: Values): Reply {
  if (tool.wantsSpokenYes) {
    return callTools(context, [{ name: tool.name, arguments: values }], 'All right, one moment.');
  }
  const words = tool.deed === 'read' || tool.deed === 'end' ? null : doingInWords(context, tool, values);
  const text = words && tool.approvedOnScreen ? `${words} Please confirm it on your screen.` : words;
  return callTools(context, [{ name: tool.name, arguments: values }], text);
}

/** "A tune-up, friday at ten." */
function doingInWords({ phrases }: Context, tool: ToolProfile, values: Values): string {
  const template = phrases.tools[tool.name]?.doing;
  if (template) {
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueInWords(values[name]));
    return filled.charAt(0).toUpperCase() + filled.slice(1);
  }
  const told = tool.slots
    .filter((slot) => slot.name in values)
    .map((slot) => factInWords(slot, values[slot.name]));
  if (told.length === 0 || tool.object === '') return `I will ${tool.verb} it.`;
  const object = tool.deed === 'create' ? withArticle(tool.object) : `the ${tool.object}`;
  return `I will ${tool.verb} ${object}: ${told.join(', ')}.`;
}

function factInWords({ kind, label }: Slot, value: unknown): string {
  if (kind === 'yes_no') return value === true ? label : `no ${label}`;
  return kind === 'number' ? `${label} ${valueInWords(value)}` : valueInWords(value);
}

function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return inWords(value.map(String)).replace(/ or (?=[^ ]+$)/, ' and ');
  return String(value ?? '').replaceAll('_', ' ');
}

/** A question in between, such as "what times do you have", refers to the open call: its service, its day. */
function sharedWithOpen({ memory }: Context, tool: ToolProfile): Values {
  const open = memory.pending;
  const needsSomething = tool.slots.some((slot) => slot.required);
  if (!open || open.tool === tool.name || tool.deed !== 'read' || !needsSomething) return {};
  const shared = tool.slots.filter((slot) => slot.name in open.values);
  return Object.fromEntries(shared.map((slot) => [slot.name, open.values[slot.name]]));
}

/** A value of the last call counts again: the day that was looked up is the day to book. */
function withRemembered({ memory, toolbox }: Context, tool: ToolProfile, given: Values): Values {
  const recent = memory.recent;
  const from = recent && toolbox.find(recent.tool);
  if (!recent || !from || from.name === tool.name || from.deed !== 'read') return given;
  const shared = tool.slots.filter(
    (slot) =>
      slot.required &&
      recent.values[slot.name] !== undefined &&
      from.slots.some((other) => other.name === slot.name),
  );
  return { ...Object.fromEntries(shared.map((slot) => [slot.name, recent.values[slot.name]])), ...given };
}

/** Before asking for a time, calls a tool that lists the free ones, if all its arguments are known. */
function lookupFor({ toolbox, memory }: Context, tool: ToolProfile, values: Values) {
  if (memory.recent && memory.recent.tool !== tool.name && memory.options.length > 0) return null;
  const lookup = toolbox.tools.find(
    (other) =>
      other.deed === 'read' &&
      /\b(free|availab|slots?|openings?)/i.test(`${other.name.replaceAll('_', ' ')} ${other.description}`) &&
      other.slots.some((slot) => slot.required) &&
      other.slots.every((slot) => !slot.required || slot.name in values) &&
      other.slots.some((slot) => slot.kind === 'day'),
  );
  if (!lookup) return null;
  const known = lookup.slots
    .filter((slot) => slot.name in values)
    .map((slot) => [slot.name, values[slot.name]]);
  return { name: lookup.name, arguments: Object.fromEntries(known) as Values };
}
