import type { RealtimeOutputGuardrail } from '@openai/agents-realtime';

/** An e-mail address, or nine and more digits in a row, as figures or as words: a telephone number. */
const MAIL = /[\w.+-]+(?:@| at )[\w-]+(?:\.| dot )[a-z]{2,4}\b/i;
const DIGIT_WORD = 'zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple';
const PHONE = new RegExp(`(?:(?:\\d|\\b(?:${DIGIT_WORD})\\b)[\\s,.()+/-]*){9,}`, 'i');
/** A date in figures has eight digits, a time four: together they are no telephone number. */
const DATE_OR_TIME = /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b|\b\d{1,2}:\d{2}\b/g;

/** The tools give out no way to reach anybody, so whatever the agent reads out is made up, or somebody else's. */
export const givesContactDetails = (text: string): boolean => {
  const rest = text.replace(DATE_OR_TIME, ';');
  return MAIL.test(rest) || PHONE.test(rest);
};

export const CONTACT_RULE = 'contact_details';

/** What the person reads when a rule stopped the agent. */
export const GUARDRAIL_WORDS: Record<string, string> = {
  [CONTACT_RULE]: 'Stopped: the agent was about to read out a phone number or an e-mail address.',
};

export const outputGuardrails: RealtimeOutputGuardrail[] = [
  {
    name: CONTACT_RULE,
    policyHint: 'Never read out telephone numbers or e-mail addresses. Offer what your tools can do instead',
    execute: async ({ agentOutput }) => ({
      tripwireTriggered: givesContactDetails(agentOutput),
      outputInfo: {},
    }),
  },
];
