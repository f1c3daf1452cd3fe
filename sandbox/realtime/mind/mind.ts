import type { Senses } from '../media/interfaces.ts';
import { answerResults } from './dialogue/answer-results.ts';
import { answerSaid } from './dialogue/answer-said.ts';
import { type Context, say } from './dialogue/context.ts';
import type { Mind, PastTurn, Reply, TurnInput } from './interfaces.ts';
import { Meanings } from './meaning/meanings.ts';
import type { Phrasebook } from './phrasebook.ts';
import { greet } from './talk/opening.ts';
import { suggestions, trySaying } from './talk/suggestions.ts';
import { asksToRepeat, sayAsTold } from './talk/told.ts';
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
  const think: Mind['think'] = (input, memory) => {
    const toolbox = withKnown(openToolbox(input), memory.known);
    const { instructions, meaning } = input;
    const context = { toolbox, phrases, instructions, memory, meaning };
    const reply = answer(context, input);
    return { ...reply, memory: { ...reply.memory, lastSaid: reply.say ?? memory.lastSaid } };
  };
  return {
    think,
    recall(turns, memory) {
      let remembered = memory;
      for (const turn of turns) {
        const reply = think(turn.input, remembered);
        const said = turn.said ?? remembered.lastSaid;
        remembered = isWhatItDid(reply, turn) ? reply.memory : { ...remembered, lastSaid: said };
      }
      return remembered;
    },
    vocabulary: (session, memory) =>
      collectVocabulary(openToolbox(session), phrases, memory, session.instructions),
    learn: (session) => meanings.learn(openToolbox(session)),
    guess: (session, said) => meanings.guess(openToolbox(session), asMeant(said.join(' '), phrases)),
  };
}

/** What was cut, or never called, was not done. */
const isWhatItDid = ({ say: words, calls }: Reply, turn: PastTurn): boolean =>
  words === turn.said && calls.map(({ name }) => name).join() === turn.calls.join();

function answer(context: Context, input: TurnInput): Reply {
  const { toolbox, phrases } = context;
  if (input.idle) return say(context, stillThere(context), { pending: context.memory.pending });
  const told = sayAsTold(input.told);
  if (told !== null) return saidAsTold(context, input, told);
  if (input.pictures > 0) return unseen(context, input);
  const said = input.said.map((text) => repaired(text, phrases)).filter((text) => text !== '');
  if (input.results.length > 0) {
    const spoken = answerResults(context, input.results);
    return said.length === 0
      ? spoken
      : both(spoken, answerInTurn({ ...context, memory: spoken.memory }, said));
  }
  if (said.length > 0) return answerInTurn(context, said);
  if (input.said.length > 0) return unheard(context);
  if (input.noise) return { say: null, calls: [], memory: context.memory };
  if (input.opening) return say(context, greet(input.instructions, toolbox.tools, phrases));
  return say(context, 'I am here. What can I do for you?', { pending: context.memory.pending });
}

/**
 * Several sentences to which no reply was heard, though the user may have read one: where the first leads to a question,
 * the next may be its answer. Otherwise they are one sentence that was spoken with a pause.
 */
function answerInTurn(context: Context, said: readonly string[]): Reply {
  const [first = '', ...others] = said;
  if (others.length > 0) {
    const alone = { ...context, meaning: null };
    const { calls, memory } = answerSaid(alone, splitWords(first));
    if (calls.length === 0 && memory.pending?.kind === 'asking') {
      return answerInTurn({ ...alone, memory }, others);
    }
  }
  return answerSaid(context, splitWords(said.join(' ')));
}

/** Whoever runs the call is obeyed before the user is answered: half a sentence is not, when all of it is asked for again. */
function saidAsTold(context: Context, input: TurnInput, text: string): Reply {
  const first = say(context, text, { pending: context.memory.pending });
  const said = asksToRepeat(input.told) ? [] : input.said;
  const isAll = said.join('').trim() === '' && input.results.length === 0 && input.pictures === 0;
  if (isAll) return first;
  return both(first, answer({ ...context, memory: first.memory }, { ...input, told: [], said }));
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
