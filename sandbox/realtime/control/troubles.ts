import type { Troubles } from '../protocol/troubles.ts';
import type { Faults } from './faults.ts';

/** Most waits are short: the cube of an even chance puts half of them into the first eighth of the range. */
const SKEW = 3;

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
  namelessError: () => faults.take('namelessErrors') !== null,
  refusedChecks: () => faults.take('refuseChecks') !== null,
  echo: () => faults.take('echo'),
});
