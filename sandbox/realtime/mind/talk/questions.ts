import type { Phrasebook } from '../phrasebook.ts';
import type { Slot } from '../tools/slots.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';

const MOST_CHOICES_SAID = 4;

/** The question for one argument. `again`: the answer was not understood, so the choices or an example are named. */
export function questionFor(tool: ToolProfile, slot: Slot, phrases: Phrasebook, again = false): string {
  const question = phrases.tools[tool.name]?.questions?.[slot.name] ?? generalQuestion(slot);
  if (!again) return question;
  return `Sorry, I did not understand. ${question} ${hintFor(slot)}`.trim();
}

function generalQuestion(slot: Slot): string {
  const { kind, label, choices } = slot;
  if (kind === 'day') return label === 'day' || label === 'date' ? 'For which day?' : `Which ${label}?`;
  if (kind === 'time') return 'At what time?';
  if (kind === 'number') {
    if (label.endsWith('s')) return `How many ${label}?`;
    return /\b(quantity|count|amount|size)\b/.test(label) ? 'How many?' : `What number for ${label}?`;
  }
  if (kind === 'yes_no') return `${capital(label)}: yes or no?`;
  if ((kind === 'choice' || kind === 'choices') && choices.length <= MOST_CHOICES_SAID) {
    return `Which ${label}: ${inWords(choices)}?`;
  }
  if (kind === 'choice' || kind === 'choices') return `Which ${label}?`;
  if (kind === 'reference') return `What is the ${label.replace(/ id$/, ' number')}?`;
  return /\bname\b/.test(label) ? `What ${label}, please?` : `What is the ${label}?`;
}

function hintFor({ kind, choices }: Slot): string {
  if (kind === 'day') return 'Say for example: Friday, or tomorrow.';
  if (kind === 'time') return 'Say for example: ten thirty.';
  if (choices.length > 0) return `It may be ${inWords(choices)}.`;
  return kind === 'number' ? 'Say a number.' : '';
}

export const inWords = (values: readonly string[], last: 'or' | 'and' = 'or'): string =>
  values.length < 2
    ? (values[0] ?? '')
    : `${values.slice(0, -1).join(', ')} ${last} ${values.at(-1)}`.replaceAll('_', ' ');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
