import type { ObservedCall } from '../call/observed.ts';
import type { Expectations } from '../scenario/scenario.ts';
import { type Check, show, toCheck } from './check.ts';
import { checkTools } from './check-tools.ts';
import { checkWaits } from './check-waits.ts';
import { checkWords } from './check-words.ts';

/** Ways in which no caller would want a call to end. */
const TROUBLES = new Set([
  'connection_lost',
  'setup_failed',
  'provider_refused',
  'time_limit',
  'server_hangup',
]);

function checkEnd({ ends }: Expectations, { ended }: ObservedCall): string | null {
  if (ended === null) return 'The site was not told that the call is over.';
  if (ends !== null && ended.reason !== ends) return `It ended as ${ended.reason}.`;
  return TROUBLES.has(ended.reason) ? `It ended as ${ended.reason}.` : null;
}

function checkStored({ stored: schema }: Expectations, { stored }: ObservedCall): Check[] {
  if (schema === null) return [];
  const parsed = schema.safeParse(stored);
  const issues = parsed.error?.issues.map(
    ({ path, message }) => `${path.join('.') || 'all of it'}: ${message}`,
  );
  return [toCheck('what is stored', issues ? `${issues.join('; ')}. Stored: ${show(stored)}` : null)];
}

/** Returns everything that was looked at in a call, each with its verdict. Nothing here asks a model. */
export function checkCall(expect: Expectations, call: ObservedCall): Check[] {
  return [
    toCheck('the conversation was held', call.troubles.length > 0 ? call.troubles.join(' ') : null),
    ...checkTools(expect, call),
    ...checkWords(expect, call),
    ...checkWaits(expect.limits, call),
    ...checkStored(expect, call),
    toCheck(
      `ends${expect.ends === null ? ' without trouble' : ` as ${expect.ends}`}`,
      checkEnd(expect, call),
    ),
  ];
}
