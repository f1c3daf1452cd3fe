import type { Reply } from '../scene.ts';
import { smallTalkIn, withoutLeadIn } from '../talk/small-talk.ts';
import { answerCorrection } from './answer-correction.ts';
import { answerPending, askAgain } from './answer-pending.ts';
import { answerRequest, asksForOther, notUnderstood } from './answer-request.ts';
import { answerSmallTalk } from './answer-small-talk.ts';
import type { Context } from './context.ts';

/** Answers a sentence, trying the plainest reading first. */
export function answerSaid(context: Context, words: readonly string[]): Reply {
  const talk = smallTalkIn(words);
  if (talk) return answerSmallTalk(context, talk);
  const request = withoutLeadIn(words);
  const open = context.memory.pending !== null;

  if (open && asksForOther(context, request)) {
    const reply = answerRequest(context, request);
    if (reply) return keepQuestion(context, reply);
  }
  return (
    answerCorrection(context, words) ??
    (open ? answerPending(context, request) : null) ??
    answerRequest(context, request) ??
    followUp(context, request) ??
    (open ? askAgain(context) : null) ??
    notUnderstood(context)
  );
}

/** A question in between: the open one waits for its answer. */
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
