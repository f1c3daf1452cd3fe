import type { RealtimeOutputGuardrail } from '@openai/agents-realtime';

/** An e-mail address, or a telephone number: nine or more digits in a row, in figures or in words. */
const MAIL = /[\w.+-]+(?:@| at )[\w-]+(?:\.| dot )[a-z]{2,4}\b/i;
const DIGIT_WORD = 'zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple';
const PHONE = new RegExp(`(?:(?:\\d|\\b(?:${DIGIT_WORD})\\b)[\\s,.()+/-]*){9,}`, 'i');
/** A date in figures has eight digits and a time four: together they must not count as a telephone number. */
const DATE_OR_TIME = /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b|\b\d{1,2}:\d{2}\b/g;

/** Returns whether a text holds contact details. No tool returns any, so the agent made them up, or they are another customer's. */
export const givesContactDetails = (text: string): boolean => {
  const rest = text.replace(DATE_OR_TIME, ';');
  return MAIL.test(rest) || PHONE.test(rest);
};

const CONTACT_RULE = 'contact_details';

/** What the user reads when a rule has stopped the agent. */
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
