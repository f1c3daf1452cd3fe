import type { Senses } from '../media/interfaces.ts';
import { answerResults } from './dialogue/answer-results.ts';
import { answerSaid } from './dialogue/answer-said.ts';
import { type Context, say } from './dialogue/context.ts';
import type { Mind, Reply, TurnInput } from './interfaces.ts';
import { Meanings } from './meaning/meanings.ts';
import type { Phrasebook } from './phrasebook.ts';
import { greet } from './talk/opening.ts';
import { suggestions, trySaying } from './talk/suggestions.ts';
import { createToolboxes, withKnown } from './tools/toolbox.ts';
import { collectVocabulary } from './vocabulary.ts';
import { splitWords } from './words/split-words.ts';

/**
 * A mind that follows rules, improved for one business by its phrases, and by a sentence model where there is one.
 */
export function createMind(
  phrases: Phrasebook,
  senses: Promise<Senses | null> = Promise.resolve(null),
): Mind {
  const openToolbox = createToolboxes(phrases);
  const meanings = new Meanings(senses, phrases);
  return {
    think(input, memory) {
      const toolbox = withKnown(openToolbox(input), memory.known);
      const { instructions, meaning } = input;
      const context = { toolbox, phrases, instructions, memory, meaning };
      const reply = answer(context, input);
      return { ...reply, memory: { ...reply.memory, lastSaid: reply.say ?? memory.lastSaid } };
    },
    vocabulary: (session, memory) =>
      collectVocabulary(openToolbox(session), phrases, memory, session.instructions),
    learn: (session) => meanings.learn(openToolbox(session)),
    guess: (session, said) => meanings.guess(openToolbox(session), asMeant(said.join(' '), phrases)),
  };
}

function answer(context: Context, input: TurnInput): Reply {
  const { toolbox, phrases } = context;
  if (input.idle) return say(context, stillThere(context), { pending: context.memory.pending });
  if (input.pictures > 0) return unseen(context, input);
  const words = splitWords(repaired(input.said.join(' '), phrases));
  if (input.results.length > 0) {
    const told = answerResults(context, input.results);
    return words.length === 0 ? told : both(told, answerSaid({ ...context, memory: told.memory }, words));
  }
  if (words.length > 0) return answerSaid(context, words);
  if (input.said.length > 0) return unheard(context);
  if (input.noise) return { say: null, calls: [], memory: context.memory };
  if (input.opening) return say(context, greet(input.instructions, toolbox.tools, phrases));
  return say(context, 'I am here. What can I do for you?', { pending: context.memory.pending });
}

/** It says so before anything else, so that no reply seems to be about the picture. */
function unseen(context: Context, input: TurnInput): Reply {
  const { memory } = context;
  const what = input.pictures > 1 ? 'pictures' : 'a picture';
  const text = `I got ${what}, but here I cannot see any: this is an offline sandbox.`;
  if (input.said.join('').trim() === '' && input.results.length === 0) {
    return say(context, `${text} Please tell me in words.`, { pending: memory.pending });
  }
  const told = say(context, text, { pending: memory.pending });
  return both(told, answer({ ...context, memory: told.memory }, { ...input, pictures: 0 }));
}

const both = (first: Reply, second: Reply): Reply => ({
  ...second,
  say: [first.say, second.say].filter(Boolean).join(' ') || null,
});

/** Corrects misheard words that the phrasebook lists. */
const repaired = (said: string, phrases: Phrasebook): string =>
  phrases.misheard.reduce((text, [heard, meant]) => text.replace(heard, meant), splitWords(said).join(' '));

/** The sentence itself, whose sense is known already, unless a word of it was misheard. */
function asMeant(said: string, phrases: Phrasebook): string {
  const better = repaired(said, phrases);
  return better === splitWords(said).join(' ') ? said : better;
}

/** Sound without words. The agent asks once; after that it is noise, and silence is better. */
function unheard(context: Context): Reply {
  const { memory } = context;
  const text = memory.unheard === 0 ? 'Sorry, I did not catch that. Could you say it again?' : null;
  return { say: text, calls: [], memory: { ...memory, unheard: memory.unheard + 1 } };
}

function stillThere({ toolbox, phrases, memory }: Context): string {
  if (memory.pending) return 'Are you still there? Take your time.';
  return `Are you still there? ${trySaying(suggestions(toolbox.tools, phrases, 1))}`;
}
