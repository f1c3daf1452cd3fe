import type { Reply, ToolResult } from '../interfaces.ts';
import type { Memory, Pending } from '../memory.ts';
import { questionFor } from '../talk/questions.ts';
import { type SpokenResult, speakResult } from '../talk/results.ts';
import type { Slot } from '../tools/slots.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';
import { type Context, say } from './context.ts';

const MOST_KNOWN = 40;

/** Speaks the tools' results, and continues from there. */
export function answerResults(context: Context, results: readonly ToolResult[]): Reply {
  const { toolbox, memory } = context;
  if (results.every(({ name }) => toolbox.find(name)?.deed === 'end')) return say(context, null);
  const spoken = results.map((result) => ({ ...result, ...speakResult(result) }));
  const last = spoken.at(-1);
  if (!last) return say(context, null);
  const text = spoken.map((one) => one.say).join(' ');
  const learned: Partial<Memory> = {
    resume: null,
    options: last.options.length > 0 ? last.options : memory.options,
    known: [...new Set([...spoken.flatMap((one) => one.known), ...memory.known])].slice(0, MOST_KNOWN),
  };
  const tool = toolbox.find(last.name);
  if (last.failure) return say(context, text, { ...learned, pending: memory.resume ?? revise(tool, last) });
  if (memory.resume) return resume(context, memory.resume, text, learned);
  const next = tool && nextStep(context, tool, last.arguments);
  if (!next) return say(context, text, learned);
  const pending: Pending = { kind: 'offering', tool: next.name, values: last.arguments };
  const offer = text.endsWith('?') ? text : `${text} Shall I ${next.verb} one?`;
  return say(context, offer, { ...learned, pending });
}

/** A failure leaves the call open: another value tries again. */
function revise(
  tool: ToolProfile | undefined,
  { failure, arguments: values }: ToolResult & SpokenResult,
): Pending | null {
  if (!tool || tool.slots.length === 0 || !failure?.message || isHopeless(failure.code)) return null;
  const slot = slotToChange(tool, failure.code.replaceAll('_', ' '), failure.message);
  return { kind: 'asking', tool: tool.name, values, slot: slot?.name ?? null, tries: 0 };
}

/** "no_appointments": no other value would find anything. */
const isHopeless = (code: string): boolean => /^(?:no|nothing|none)_/.test(code);

/**
 * The value that a failure refers to: named by its code or by the question it ends with, or a time that is
 * taken.
 */
function slotToChange(tool: ToolProfile, code: string, message: string): Slot | undefined {
  const question = message.split(/(?<=[.!?])\s+/).findLast((sentence) => sentence.endsWith('?')) ?? '';
  const named = (text: string) =>
    tool.slots.find((slot) => new RegExp(`\\b${slot.label.split(' ').at(-1)}`, 'i').test(text));
  const aboutTime = /\b(taken|full|hours|slot|past|booked)\b/.test(code);
  const time = aboutTime ? tool.slots.find(({ kind }) => kind === 'time') : undefined;
  return named(code) ?? named(question) ?? time ?? named(message);
}

/** The question that waited for this result. */
function resume(context: Context, waiting: Pending, text: string, learned: Partial<Memory>): Reply {
  const tool = context.toolbox.find(waiting.tool);
  const slot = waiting.kind === 'asking' ? tool?.slots.find(({ name }) => name === waiting.slot) : undefined;
  if (!tool || !slot) return say(context, text, learned);
  const question = slot.kind === 'time' ? 'Which time suits you?' : questionFor(tool, slot, context.phrases);
  return say(context, text.endsWith('?') ? text : `${text} ${question}`, { ...learned, pending: waiting });
}

/** The usual next step: the action that takes every argument of this question, and more. */
function nextStep(
  { toolbox }: Context,
  asked: ToolProfile,
  values: Record<string, unknown>,
): ToolProfile | null {
  const names = Object.keys(values);
  if (asked.deed !== 'read' || names.length === 0) return null;
  const required = asked.slots.filter((slot) => slot.required);
  if (required.length === 0) return null;
  const next = toolbox.tools.find(
    (tool) => tool.deed === 'create' && names.every((name) => tool.slots.some((slot) => slot.name === name)),
  );
  return next ?? null;
}
