import type { KeptEntry } from '@/lib/shared/kept-transcript';

const quote = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll(/\s+/g, ' ').trim()}'`;

type Tool = Extract<KeptEntry, { kind: 'tool' }>;

const outcomeOf = ({ state }: Tool) => (state === 'done' ? '' : `, outcome: '${state}'`);

/** Consecutive words of the caller are one turn: the page keeps each pause as an entry of its own. */
function joinTurns(entries: readonly KeptEntry[]): KeptEntry[] {
  const joined: KeptEntry[] = [];
  for (const entry of entries) {
    const last = joined.at(-1);
    if (entry.kind === 'user' && last?.kind === 'user') {
      joined[joined.length - 1] = { ...last, text: `${last.text} ${entry.text}` };
    } else joined.push(entry);
  }
  return joined;
}

/** The caller's words in their order, and a press for each tool that changed something or was refused. */
function stepsOf(entries: readonly KeptEntry[], asks: ReadonlySet<string>): string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'user' && entry.text.trim() !== '') return [`say(${quote(entry.text)})`];
    if (entry.kind !== 'tool' || !asks.has(entry.title)) return [];
    if (entry.state === 'denied') return [`decline(${quote(entry.title)})`];
    return entry.state === 'done' ? [`allow(${quote(entry.title)})`] : [];
  });
}

/**
 * Returns the text of a scenario file that says again what the caller of a kept conversation said, and expects the tools that
 * ran then. A transcript knows no arguments: the file says where to add them. `asks`: titles of the tools that ask on the screen.
 * Throws for a conversation in which the caller said nothing.
 */
export function writeScenario(name: string, kept: readonly KeptEntry[], asks: ReadonlySet<string>): string {
  const entries = joinTurns(kept);
  const steps = stepsOf(entries, asks);
  if (!steps.some((step) => step.startsWith('say(')))
    throw new Error('The caller of this conversation said nothing.');
  const tools = entries
    .filter((entry) => entry.kind === 'tool')
    .map((tool) => {
      const approved = tool.state === 'done' && asks.has(tool.title) ? ', approved: true' : '';
      return `{ tool: ${quote(tool.title)}${outcomeOf(tool)}${approved} }`;
    });
  const used = ['allow', 'decline'].filter((word) => steps.some((step) => step.startsWith(`${word}(`)));
  return `import { ${[...used, 'defineScenario', 'say'].toSorted().join(', ')} } from '@/evals/scenario/scenario';

// From a kept conversation. Before you commit it: take out names and other personal data, and add what matters of the
// arguments (with: { … }) and of what the agent must say, or never say.
export default defineScenario({
  title: ${quote(`As in a kept conversation: ${name.replaceAll('-', ' ')}`)},
  steps: [
${steps.map((step) => `    ${step},`).join('\n')}
  ],
  expect: {
    tools: [
${tools.map((tool) => `      ${tool},`).join('\n')}
    ],
  },
});
`;
}
