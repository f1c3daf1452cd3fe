import { readTokens } from '@/lib/client/inspect/usage';
import { tokensMicroUsd } from '@/lib/shared/prices';
import { asFields, asText, type WireEvent } from './call-events.ts';
import type { Spent } from './observed.ts';

/** Returns the model of a call, as the provider names it; `null` before it has. */
export function modelOf(events: readonly WireEvent[]): string | null {
  const created = events.find(({ type }) => type === 'session.created');
  return asText(asFields(created?.fields.session).model) || null;
}

/** Returns what the responses of a call have cost, by the usage that the provider reported with each. */
export function spentOf(events: readonly WireEvent[]): Spent {
  const model = modelOf(events);
  return events
    .filter(({ from, type }) => from === 'agent' && type === 'response.done')
    .map(({ fields }) => readTokens(asFields(fields.response).usage))
    .reduce<Spent>(
      (sum, tokens) => ({
        microUsd: sum.microUsd + tokensMicroUsd(model, tokens),
        tokens: sum.tokens + tokens.inputText + tokens.inputAudio + tokens.outputText + tokens.outputAudio,
      }),
      { microUsd: 0, tokens: 0 },
    );
}
