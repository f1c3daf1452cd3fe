import type { Reply } from '../interfaces.ts';
import { readIdentity } from '../talk/opening.ts';
import { inWords, questionFor } from '../talk/questions.ts';
import type { SmallTalk } from '../talk/small-talk.ts';
import { plainOffer, suggestions, trySaying } from '../talk/suggestions.ts';
import { acceptChoice } from './answer-choice.ts';
import { type Context, callTools, say } from './context.ts';
import { act } from './proceed.ts';

type Answer = (context: Context) => Reply;

/** Keeps the open question, and asks it again after an aside. */
export function aside(context: Context, text: string): Reply {
  const { pending } = context.memory;
  const tool = pending && context.toolbox.find(pending.tool);
  const slot = pending?.kind === 'asking' ? tool?.slots.find(({ name }) => name === pending.slot) : undefined;
  const question = tool && slot ? ` ${questionFor(tool, slot, context.phrases)}` : '';
  return say(context, text + question, { pending });
}

const ANSWERS: Record<SmallTalk, Answer> = {
  goodbye: (context) => {
    const end = context.toolbox.tools.find((tool) => tool.deed === 'end');
    const text = 'Thank you for calling. Goodbye!';
    return end ? callTools(context, [{ name: end.name, arguments: {} }], text) : say(context, text);
  },
  thanks: (context) => aside(context, 'You are welcome.'),
  hello: (context) => aside(context, `Hello! ${context.memory.pending ? '' : tryThis(context)}`.trim()),
  how_are_you: (context) =>
    aside(context, `I am well, for a sandbox. ${context.memory.pending ? '' : tryThis(context)}`.trim()),
  help: (context) => {
    const { tools } = context.toolbox;
    const topics = tools
      .filter(({ deed, object }) => deed === 'read' && object !== '')
      .map(({ object }) => object);
    const deeds = tools.filter(({ deed }) => deed !== 'read' && deed !== 'end').map(plainOffer);
    const sentences = [
      topics.length > 0 ? `I can tell you about ${inWords(topics.slice(0, 4), 'and')}.` : '',
      deeds.length > 0 ? `I can ${topics.length > 0 ? 'also ' : ''}${inWords(deeds.slice(0, 3))}.` : '',
      tryThis(context),
    ];
    return aside(context, sentences.filter(Boolean).join(' '));
  },
  who_are_you: (context) => {
    const { name, business } = readIdentity(context.instructions);
    const who = [name ? `I am ${name}` : 'I am a program', business ? ` at ${business}` : ''].join('');
    return aside(
      context,
      `${who}, played by an offline sandbox. I am not a person and not OpenAI: I follow rules.`,
    );
  },
  repeat: (context) => {
    const { lastSaid, pending } = context.memory;
    return say(context, lastSaid ?? tryThis(context), { pending });
  },
  never_mind: (context) => say(context, 'All right, I left it. What else can I do?', { resume: null }),
  nothing_else: (context) =>
    say(context, 'All right. Say goodbye when you want to end the call.', { resume: null }),
  yes: (context) => {
    const { pending } = context.memory;
    const tool = pending && context.toolbox.find(pending.tool);
    if (!pending || !tool) return say(context, `What can I do for you? ${tryThis(context)}`);
    if (pending.kind === 'choosing') return acceptChoice(context, pending);
    if (pending.kind === 'confirming') return act(context, tool, pending.values);
    const slot = nextSlot(context);
    const question = slot ? questionFor(tool, slot, context.phrases) : 'What would you like to change?';
    const values = pending.values;
    return say(context, question, {
      pending: { kind: 'asking', tool: tool.name, values, slot: slot?.name ?? null, tries: 0 },
    });
  },
  no: (context) => {
    const { pending } = context.memory;
    if (!pending) return say(context, 'All right.');
    return say(
      context,
      pending.kind === 'offering'
        ? 'All right. What else can I do?'
        : 'All right, I left it. What else can I do?',
    );
  },
};

export const answerSmallTalk = (context: Context, talk: SmallTalk): Reply => ANSWERS[talk](context);

const tryThis = ({ toolbox, phrases, memory }: Context): string =>
  trySaying(suggestions(toolbox.tools, phrases, memory.misses));

/** What to ask when an offer is accepted: a time first, when times were just listed. */
function nextSlot({ memory, toolbox }: Context) {
  const { pending } = memory;
  const tool = pending && toolbox.find(pending.tool);
  if (!pending || !tool) return undefined;
  if (pending.kind === 'asking') return tool.slots.find(({ name }) => name === pending.slot);
  const missing = tool.slots.filter((slot) => slot.required && !(slot.name in pending.values));
  return missing.find(({ kind }) => kind === 'time' && memory.options.length > 0) ?? missing[0];
}
