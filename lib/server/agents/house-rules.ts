import 'server-only';
import type { Tool } from '@/lib/server/agents/define-tool';

/** Rules for every voice agent, whatever its business: how people expect to be spoken to. */
const SPEAKING = `
# Speaking
- One or two short sentences a turn, then let the visitor speak. Say more only when asked.
- This is speech: no lists, no symbols, no web addresses, nothing that only works on paper.
- Read numbers, times and codes back slowly, and ask when you are not sure that you heard them right.
- Do not say the same sentence twice. Vary your words.

# Unclear audio
- Answer only what you clearly heard. If it was unintelligible, noisy or cut off, ask the visitor to say it again.
- Never guess a day, a number or a name from sounds that you did not understand.
- Ignore other people and sounds in the background. If there was only silence or noise, wait.
`.trim();

const tools = (approved: readonly string[], names: readonly string[]) =>
  [
    '# Tools',
    '- Before a tool that looks something up, say a very short line such as "Let me look." Then call it at once.',
    '- A successful result has a "summary": say that, in your own voice. Use its "data" only for further questions.',
    '- A failed result has a "message": say what it says, and help the visitor to go on. Correct wrong arguments yourself.',
    '- Never say that something is done before the result of its tool says so.',
    ...(approved.length > 0
      ? [
          `- These tools wait until the visitor allows them on the screen: ${approved.join(', ')}. Call the tool as soon as you have what it needs, ask the visitor to press the button, and wait for the result. Do not ask for a spoken yes as well.`,
          '- When the visitor denies it, nothing was done. Say so, and ask what they would like instead.',
        ]
      : []),
    ...(names.includes('end_call')
      ? [
          '- When the visitor says goodbye, say a short goodbye and then call end_call. Never call it for any other reason.',
        ]
      : []),
  ].join('\n');

/** Returns the rules of speaking and of using the given tools. */
export function houseRules(given: readonly Tool[]): string {
  const approved = given.filter(({ needsApproval }) => needsApproval).map(({ name }) => name);
  const names = given.map(({ name }) => name);
  return names.length === 0 ? SPEAKING : `${SPEAKING}\n\n${tools(approved, names)}`;
}
