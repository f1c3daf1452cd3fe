import type { Reply } from '../mind/interfaces.ts';
import type { Troubles } from '../protocol/troubles.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Faults } from './faults.ts';

/** Most waits are short: the cube of an even chance puts half of them into the first eighth of the range. */
const SKEW = 3;

function err(
  reply: Reply,
  { repeatCalls, callInstead, addWords }: NonNullable<FaultPlan['mistakes']>,
): Reply {
  const calls = reply.calls.map((call) => {
    const name = callInstead?.[call.name];
    return name === undefined ? call : { name, arguments: {} };
  });
  return {
    ...reply,
    say: reply.say && addWords ? `${reply.say} ${addWords}` : reply.say,
    calls: repeatCalls ? calls.flatMap((call) => [call, call]) : calls,
  };
}

/** The ordered faults as the troubles of calls. */
export const createTroubles = (faults: Faults, random: () => number = Math.random): Troubles => ({
  response() {
    const fault = faults.take('response');
    return fault && { code: fault.code, message: fault.message ?? `The response failed: ${fault.code}.` };
  },
  transcription: () => faults.take('transcription') !== null,
  waitMs() {
    const [wait, stall] = [faults.take('wait'), faults.take('stall')];
    const usual = wait ? wait.fromMs + (wait.toMs - wait.fromMs) * random() ** SKEW : 0;
    return Math.round(usual + (stall?.ms ?? 0));
  },
  mistaken(reply) {
    const fault = faults.take('mistakes');
    return fault ? err(reply, fault) : reply;
  },
  namelessError: () => faults.take('namelessErrors') !== null,
  refusedChecks: () => faults.take('refuseChecks') !== null,
  echo: () => faults.take('echo'),
});
