import { type Answers, toSlug } from './answers.ts';

/** Voices that the visitor may choose from, beside the agent's own. */
const OFFERED = ['marin', 'cedar', 'coral', 'sage'] as const;

/** "Lakeside Dental" is `lakeside-dental` as the name of a package. */
export const packageName = (site: string): string =>
  toSlug(site)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || 'voice-agent';

/** The placeholders of the template: words that are valid as identifiers, so that the template compiles as it is. */
function placeholders({ site, agent, voice, business }: Answers): Record<string, string> {
  const [second = '', third = '', fourth = ''] = OFFERED.filter((one) => one !== voice);
  return {
    Sitename: site,
    Agentname: agent,
    Businessline: business,
    agentname: toSlug(agent),
    agentvoice: voice,
    secondvoice: second,
    thirdvoice: third,
    fourthvoice: fourth,
  };
}

/** Returns a function that puts the answers in the place of the placeholders of a text or a path, in one pass. */
export function createFiller(answers: Answers): (text: string) => string {
  const words = placeholders(answers);
  const pattern = new RegExp(`\\b(?:${Object.keys(words).join('|')})\\b`, 'g');
  return (text) => text.replaceAll(pattern, (word) => words[word] ?? word);
}
