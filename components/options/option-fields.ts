import type { AgentChoices, OptionName } from '@/lib/shared/agent-choices';

interface OptionField {
  option: OptionName;
  label: string;
  /** The first choice has an empty value: the agent's default. */
  choices: readonly { value: string; label: string }[];
}

const AGENTS_OWN = 'Agent’s default';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Returns a language's own name, which is what people look for: `de` → "Deutsch". */
function languageLabel(code: string): string {
  try {
    return capital(new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code);
  } catch {
    return code;
  }
}

/** Returns the form fields for an agent's options. An option with no choice has no field. */
export function optionFields({ languages, voices, accents, tones }: AgentChoices): OptionField[] {
  const field = (option: OptionName, label: string, values: readonly string[], words = capital) => ({
    option,
    label,
    choices: [{ value: '', label: AGENTS_OWN }, ...values.map((value) => ({ value, label: words(value) }))],
  });
  return [
    field('language', 'Language', languages, languageLabel),
    field('voice', 'Voice', voices),
    field('accent', 'Accent', accents),
    field('tone', 'Tone', tones),
  ].filter(({ choices }) => choices.length > 1);
}
