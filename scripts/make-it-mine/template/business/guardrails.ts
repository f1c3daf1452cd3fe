import type { RealtimeOutputGuardrail } from '@openai/agents-realtime';

/** Thirteen to nineteen digits, in groups or in a row: the number of a payment card. */
const CARD_NUMBER = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;

/** The check digit of Luhn, ISO/IEC 7812-1: it tells card numbers from other long numbers. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Whether the text contains the number of a payment card. */
export const givesCardNumber = (text: string): boolean =>
  [...text.matchAll(CARD_NUMBER)].some(([found]) => hasCheckDigit(found.replace(/\D/g, '')));

const CARD_RULE = 'card_number';

/** What the user reads when a rule has stopped the agent. */
export const GUARDRAIL_WORDS: Record<string, string> = {
  [CARD_RULE]: 'Stopped: the agent was about to read out the number of a payment card.',
};

export const outputGuardrails: RealtimeOutputGuardrail[] = [
  {
    name: CARD_RULE,
    policyHint: 'Never read out the number of a payment card. Ask the visitor not to say it either',
    execute: async ({ agentOutput }) => ({
      tripwireTriggered: givesCardNumber(agentOutput),
      outputInfo: {},
    }),
  },
];
