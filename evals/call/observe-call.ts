import type { PageRecording } from '../../e2e/browser/page-recorder.ts';
import type { WireEvent } from './call-events.ts';
import type { Act, ApiExchange, ObservedCall } from './observed.ts';
import { readSpeeches, readUnderstood, readWaits } from './read-speech.ts';
import { readTools } from './read-tools.ts';
import { modelOf, spentOf } from './spent.ts';

export interface Evidence {
  events: readonly WireEvent[];
  exchanges: readonly ApiExchange[];
  acts: readonly Act[];
  levels: PageRecording['levels'];
  troubles: readonly string[];
  stored: unknown;
  endMs: number;
  /** What a recogniser hears between two times. */
  hear: (fromMs: number, untilMs: number) => Promise<string>;
}

/** Returns what the call was, read from what the page, the wire and the caller recorded. */
export async function observeCall(evidence: Evidence): Promise<ObservedCall> {
  const { events, exchanges, acts, levels, troubles, stored, endMs, hear } = evidence;
  const spoken = readSpeeches(events, endMs);
  const speeches: ObservedCall['speeches'][number][] = [];
  for (const speech of spoken) {
    speeches.push({ ...speech, heard: await hear(speech.fromMs, speech.untilMs) });
  }
  const ticket = exchanges.find(({ kind }) => kind === 'ticket');
  const end = exchanges.findLast(({ kind }) => kind === 'end');
  return {
    callId: ticket?.kind === 'ticket' ? ticket.callId : null,
    model: modelOf(events),
    acts,
    speeches,
    understood: readUnderstood(events),
    tools: readTools(events, exchanges, acts),
    waits: readWaits(acts, spoken, levels),
    spent: spentOf(events),
    ended: end?.kind === 'end' ? { reason: end.reason, seconds: end.seconds } : null,
    stored,
    troubles,
  };
}
