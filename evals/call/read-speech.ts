import { AUDIBLE_RMS, type Levels } from '../../e2e/browser/page-recorder.ts';
import { asText, type WireEvent } from './call-events.ts';
import type { Act, AgentSpeech, Wait } from './observed.ts';

type Spoken = Omit<AgentSpeech, 'heard'>;

const isEnd = ({ type }: WireEvent) =>
  type === 'output_audio_buffer.stopped' || type === 'output_audio_buffer.cleared';

/** Returns each stretch of the agent's voice with its own transcript. */
export function readSpeeches(events: readonly WireEvent[], endMs: number): Spoken[] {
  return events
    .filter(({ type }) => type === 'output_audio_buffer.started')
    .map(({ atMs, fields }) => {
      const response = asText(fields.response_id);
      const end = events.find((event) => isEnd(event) && event.atMs >= atMs);
      const text = events
        .filter(
          ({ type, fields: said }) =>
            type === 'response.output_audio_transcript.done' && said.response_id === response,
        )
        .map(({ fields: said }) => asText(said.transcript))
        .join(' ');
      return {
        fromMs: atMs,
        untilMs: end?.atMs ?? endMs,
        text,
        cut: end?.type === 'output_audio_buffer.cleared',
      };
    });
}

/** Returns what the site understood of the caller, in order. */
export const readUnderstood = (events: readonly WireEvent[]): string[] =>
  events
    .filter(({ type }) => type === 'conversation.item.input_audio_transcription.completed')
    .map(({ fields }) => asText(fields.transcript).trim());

/** Returns when the agent is first audible from then on. */
const audibleFrom = (levels: Levels, fromMs: number): number | null =>
  levels.find(({ atMs, rms }) => atMs >= fromMs && rms > AUDIBLE_RMS)?.atMs ?? null;

/** So long a silence is the end of a speech, and no pause between words. */
const SILENCE_MS = 400;

/** Returns the agent's last audible moment before its first silence from then on. */
function silentFrom(levels: Levels, fromMs: number): number | null {
  let last = fromMs;
  for (const { atMs, rms } of levels) {
    if (atMs < fromMs) continue;
    if (rms > AUDIBLE_RMS) last = atMs;
    else if (atMs - last >= SILENCE_MS) return last;
  }
  return null;
}

/**
 * Returns how long the caller waited, by the sound that the page really played: from the click on Talk to the first
 * sound, from each last word or press to the next answer, and from each interruption to silence.
 */
export function readWaits(acts: readonly Act[], speeches: readonly Spoken[], levels: Levels): Wait[] {
  const waits: Wait[] = [{ after: 'Talk', kind: 'first sound', ms: audibleFrom(levels, 0) }];
  for (const [index, act] of acts.entries()) {
    if (act.kind === 'hung up') continue;
    const after = act.kind === 'spoke' ? act.text : `${act.allowed ? 'Allow' : 'Don’t allow'}: ${act.title}`;
    if (act.kind === 'spoke' && act.over === 'agent') {
      const silentMs = silentFrom(levels, act.fromMs);
      waits.push({ after, kind: 'yield', ms: silentMs === null ? null : silentMs - act.fromMs });
    }
    const next = acts[index + 1]?.untilMs ?? Number.POSITIVE_INFINITY;
    const speech = speeches.find(({ fromMs }) => fromMs >= act.untilMs - SILENCE_MS);
    const heardMs = speech === undefined ? null : audibleFrom(levels, Math.max(speech.fromMs, act.untilMs));
    // A card came before any word: the caller pressed it, and waits from there.
    if (heardMs !== null && heardMs >= next && acts[index + 1]?.kind === 'pressed') continue;
    waits.push({ after, kind: 'answer', ms: heardMs === null ? null : heardMs - act.untilMs });
  }
  return waits;
}
