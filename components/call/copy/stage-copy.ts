import type { CallPhase, ConnectStep } from '@/lib/client/state/call-state';

/** The steps of connecting, in order, as the screen names them. */
export const CONNECT_STEPS: readonly { step: ConnectStep; label: string }[] = [
  { step: 'opening', label: 'Setting up' },
  { step: 'dialling', label: 'Dialling' },
  { step: 'joining', label: 'Joining' },
];

export const READY_SENTENCE = 'Ready when you are.';

type Setup = Extract<CallPhase, { name: 'asking_microphone' | 'connecting' }>;

function connectSentence(step: ConnectStep, agent: string): string {
  switch (step) {
    case 'opening':
      return 'Setting up the call…';
    case 'dialling':
      return `Calling ${agent}…`;
    case 'joining':
      return `${agent} is picking up…`;
  }
}

/** Returns the words of a call that is being set up. A click shows them at once, so they are in the first load. */
export function setupCopy(phase: Setup, agent: string): { sentence: string; detail?: string } {
  if (phase.name === 'connecting') return { sentence: connectSentence(phase.step, agent) };
  if (!phase.isQuestionOpen) return { sentence: 'Turning on the microphone…' };
  return {
    sentence: 'Allow the microphone to begin.',
    detail: 'Your browser is asking now. We listen only during the call.',
  };
}
