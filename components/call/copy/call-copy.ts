import { endSentence } from '@/components/call/copy/end-copy';
import { liveCopy } from '@/components/call/copy/live-copy';
import { microphoneCopy, unsupportedCopy } from '@/components/call/copy/microphone-copy';
import type { Action, PhaseCopy } from '@/components/call/copy/phase-copy';
import { refusalCopy } from '@/components/call/copy/refusal-copy';
import { READY_SENTENCE, setupCopy } from '@/components/call/copy/stage-copy';
import { leftTodayText } from '@/components/left-today-text';
import { lengthText } from '@/components/time-words';
import type { CallPhase } from '@/lib/client/state/call-state';
import type { EndReason } from '@/lib/shared/contract';

const CANCEL = { kind: 'cancel', label: 'Cancel' } as const;

/** The main action after a call: talk again, unless something else must happen first. */
function actionAfter(reason: EndReason): Action {
  switch (reason) {
    case 'signed_out':
      return { kind: 'sign_in', label: 'Sign in' };
    case 'replaced':
      return { kind: 'take_over', label: 'Take over here' };
    default:
      return { kind: 'talk', label: 'Talk again' };
  }
}

/** Phases that a refusal leads to, and that keep nothing of it. */
const bareRefusal = (code: 'unauthenticated' | 'not_configured') =>
  refusalCopy({ name: 'refused', code, message: '', retryAtMs: null, cause: null });

/**
 * Returns the words of any state of the call screen. Most are needed only later, so this module is fetched when the page
 * is idle, or on demand. `agent` is the agent's title.
 */
export function callCopy(phase: CallPhase, agent: string): PhaseCopy {
  switch (phase.name) {
    case 'signed_out':
      return bareRefusal('unauthenticated');
    case 'unsupported':
      return unsupportedCopy(phase.why);
    case 'not_configured':
      return bareRefusal('not_configured');
    case 'ready':
      return {
        sentence: READY_SENTENCE,
        action: { kind: 'talk', label: 'Talk' },
        announcement: `Ready. Press Talk to speak with ${agent}.`,
      };
    case 'asking_microphone':
      return {
        ...setupCopy(phase, agent),
        action: CANCEL,
        announcement: phase.isQuestionOpen
          ? 'Your browser is asking for the microphone. Choose Allow.'
          : `Connecting to ${agent}.`,
      };
    case 'microphone_refused':
      return microphoneCopy(phase.why);
    case 'connecting':
      return {
        ...setupCopy(phase, agent),
        action: CANCEL,
        announcement: phase.typed ? 'Starting a typed conversation.' : `Connecting to ${agent}.`,
      };
    case 'refused':
      return refusalCopy(phase);
    case 'live':
      return liveCopy(phase.call, agent);
    case 'ending':
      return {
        sentence: 'Hanging up…',
        action: { kind: 'wait', label: 'Hanging up' },
        announcement: 'Hanging up.',
      };
    case 'ended': {
      const { receipt } = phase;
      return {
        sentence: endSentence(phase.reason),
        action: actionAfter(phase.reason),
        announcement: receipt
          ? `It lasted ${lengthText(receipt.seconds)}. ${leftTodayText(receipt.secondsLeftToday)}.`
          : 'We couldn’t reach the server for the receipt.',
      };
    }
  }
}
