import { hearAgain } from '../hearing/hear-again.ts';
import { answersFor } from '../hearing/sentences.ts';
import type { Reply } from '../interfaces.ts';
import { readIdentity } from '../talk/opening.ts';
import { asksOpeningHours } from '../talk/opening-hours.ts';
import { smallTalkIn, withoutLeadIn } from '../talk/small-talk.ts';
import { namesDay } from '../words/days.ts';
import { splitWords } from '../words/split-words.ts';
import { namesTime } from '../words/times.ts';
import { askWhich } from './answer-choice.ts';
import { answerCorrection } from './answer-correction.ts';
import { answerImpossible } from './answer-impossible.ts';
import { answerMeaning, isRemark, withMeaning } from './answer-meaning.ts';
import { answerPending, askAgain } from './answer-pending.ts';
import {
  answerBareValues,
  answerOnlyValues,
  answerRequest,
  asksForOther,
  notUnderstood,
} from './answer-request.ts';
import { answerSmallTalk, aside } from './answer-small-talk.ts';
import type { Context } from './context.ts';

/**
 * How different from an expected sentence the words may sound and still match it. Off-topic sentences are
 * above 0.4.
 */
const MOST_UNLIKE = 0.34;
const MOST_UNLIKE_WHEN_SHORT = 0.25;
const SHORT_LETTERS = 8;
/** When the words already made some sense, only a nearly equal sound may add to it. */
const MOST_UNLIKE_TO_ADD = 0.1;

/**
 * Replies to a sentence: by its words, else by its sound, else by bare values; otherwise says that it did not
 * understand.
 */
export function answerSaid(context: Context, words: readonly string[]): Reply {
  const request = withoutLeadIn(words, agentName(context));
  const isTalk = smallTalkIn(words, agentName(context)) !== null;
  const isVague = isRemark(context) && !asksForOther(context, request);
  const read = isTalk || !isVague ? answerWords(context, words) : null;
  if (read && isTalk) return read;
  if (read && !asksSomethingNew(context, read) && !leavesOutMoment(read, words)) {
    return withMeaning(context, request, read);
  }
  const letters = words.join('').length;
  const limit = letters < SHORT_LETTERS ? MOST_UNLIKE_WHEN_SHORT : MOST_UNLIKE;
  const isSure = read !== null && !leavesOutMoment(read, words);
  const heard = answerSound(context, words, isSure ? MOST_UNLIKE_TO_ADD : limit);
  if (read) return withMeaning(context, request, heard && heard.calls.length > 0 ? heard : read);
  return (
    answerMeaning(context, request) ??
    heard ??
    (isVague ? null : answerBareValues(context, request)) ??
    followUp(context, request) ??
    askAgain(context) ??
    notUnderstood(context)
  );
}

const agentName = ({ instructions }: Context): string | null => readIdentity(instructions).name;

/** By the words as recognised, the plainest reading first. */
function answerWords(context: Context, words: readonly string[]): Reply | null {
  const name = agentName(context);
  const talk = smallTalkIn(words, name);
  if (talk) return answerSmallTalk(context, talk);
  const { openingHours } = context.toolbox;
  if (openingHours !== null && asksOpeningHours(words)) return aside(context, openingHours);
  const request = withoutLeadIn(words, name);
  if (context.memory.pending && asksForOther(context, request)) {
    const reply = answerRequest(context, request);
    if (reply) return keepQuestion(context, reply);
  }
  return (
    answerImpossible(context, request) ??
    answerCorrection(context, words) ??
    answerPending(context, request) ??
    answerRequest(context, request) ??
    (context.memory.pending ? null : answerOnlyValues(context, request))
  );
}

/** By the expected sentence that sounds most alike: what a recogniser wrote of "book a tune-up" may be "Buccatoon up". */
function answerSound(context: Context, words: readonly string[], limit: number): Reply | null {
  const { toolbox, phrases, memory } = context;
  const asking = memory.pending ? toolbox.find(memory.pending.tool) : undefined;
  const slot = memory.pending?.kind === 'asking' ? memory.pending.slot : null;
  const asked = asking?.slots.find(({ name }) => name === slot);
  const answers = asking ? answersFor(asking, asked, memory.options.length > 0, phrases) : [];
  const expected = [...answers, ...toolbox.requests];
  const guess = hearAgain(words, expected, limit);
  const reply = guess === null ? null : answerWords(context, splitWords(guess));
  const end = reply?.calls.flatMap(({ name }) => toolbox.find(name) ?? []).find(({ deed }) => deed === 'end');
  if (!end || hearAgain(words, expected, MOST_UNLIKE_TO_ADD) !== null) return reply;
  return askWhich(context, end, null, words);
}

/** A partly understood request: the reply asks for something that the sentence may have said. */
const asksSomethingNew = ({ memory }: Context, reply: Reply): boolean =>
  memory.pending === null && reply.calls.length === 0 && reply.memory.pending?.kind === 'asking';

/** A day or a time was named and is not used: the words may be misheard. */
const leavesOutMoment = ({ calls }: Reply, words: readonly string[]): boolean =>
  calls.length > 0 &&
  calls.every((call) => Object.keys(call.arguments).length === 0) &&
  (namesDay(words) || namesTime(words));

/** A side question: the open one waits. */
function keepQuestion(context: Context, reply: Reply): Reply {
  const { pending } = context.memory;
  const asksItself = reply.memory.pending !== null || reply.memory.resume !== null;
  if (pending?.kind !== 'asking' || asksItself) return reply;
  const asked = reply.calls.map((call) => context.toolbox.find(call.name)?.deed);
  return asked.every((deed) => deed === 'read')
    ? { ...reply, memory: { ...reply.memory, resume: pending } }
    : reply;
}

/** Only a value, such as "on Saturday": the last question again, with it. */
function followUp(context: Context, words: readonly string[]): Reply | null {
  const recent = context.memory.recent;
  const tool = recent && context.toolbox.find(recent.tool);
  if (tool?.deed !== 'read' || words.length > 4) return null;
  return answerCorrection(context, ['how', 'about', ...words]);
}
