import { z } from 'zod';
import { namesDay } from '../words/days.ts';
import { NUMBER } from '../words/numbers.ts';
import { splitWords } from '../words/split-words.ts';
import { namesTime } from '../words/times.ts';

/** The kind of an argument. `reference` names an existing thing: by its code, its day or its kind. */
export type SlotKind = 'choice' | 'choices' | 'day' | 'time' | 'number' | 'yes_no' | 'reference' | 'text';

/** One argument of a tool, read from its JSON Schema. */
export interface Slot {
  name: string;
  kind: SlotKind;
  required: boolean;
  description: string;
  choices: readonly string[];
  /** As people say it: "party_size" is "party size". */
  label: string;
}

const Property = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  items: z.looseObject({ enum: z.array(z.unknown()).optional() }).optional(),
  anyOf: z
    .array(z.looseObject({ type: z.string().optional(), enum: z.array(z.unknown()).optional() }))
    .optional(),
});
type Property = z.infer<typeof Property>;

const Parameters = z.looseObject({
  properties: z.record(z.string(), Property).default({}),
  required: z.array(z.string()).default([]),
});

/** The arguments of a tool in the order of its schema. An unreadable schema has none. */
export function readSlots(parameters: unknown): Slot[] {
  const parsed = Parameters.safeParse(parameters);
  if (!parsed.success) return [];
  const { properties, required } = parsed.data;
  return Object.entries(properties).map(([name, property]) => {
    const choices = readChoices(property);
    const description = property.description ?? '';
    return {
      name,
      kind: classifySlot(name, property, choices),
      required: required.includes(name),
      description,
      choices,
      label: toLabel(name),
    };
  });
}

/** "startTime" and "start_time" are "start time". */
export const toLabel = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();

function readChoices(property: Property): string[] {
  const listed =
    property.enum ?? property.items?.enum ?? property.anyOf?.find((part) => part.enum)?.enum ?? [];
  return listed.filter((value): value is string => typeof value === 'string');
}

function classifySlot(name: string, property: Property, choices: readonly string[]): SlotKind {
  const type = baseType(property);
  if (choices.length > 0) return type === 'array' ? 'choices' : 'choice';
  if (type === 'boolean') return 'yes_no';
  if (type === 'number' || type === 'integer') return 'number';
  const label = toLabel(name);
  if (property.format === 'date' || /\b(day|date|when)\b/.test(label)) return 'day';
  if (property.format === 'time' || /\b(time|hour)\b/.test(label)) return 'time';
  if (/\b(id|ticket|code|number|reference|order)\b/.test(label)) return 'reference';
  return kindOfExamples(readExamples(property.description ?? ''));
}

function baseType({ type, anyOf }: Property): string | undefined {
  if (typeof type === 'string') return type;
  return (
    type?.find((one) => one !== 'null') ?? anyOf?.find((part) => part.type && part.type !== 'null')?.type
  );
}

/** What a description puts in quotes: `such as "amber 42"`. */
const readExamples = (description: string): string[] =>
  [...description.matchAll(/["“]([^"”]{2,40})["”]/g)].map((match) => match[1] ?? '');

function kindOfExamples(examples: readonly string[]): SlotKind {
  const spoken = examples.map(splitWords);
  if (spoken.some((words) => new RegExp(`^[a-z]+ ${NUMBER}$`).test(words.join(' ')) && !namesDay(words)))
    return 'reference';
  if (spoken.some(namesDay)) return 'day';
  return spoken.some(namesTime) ? 'time' : 'text';
}
