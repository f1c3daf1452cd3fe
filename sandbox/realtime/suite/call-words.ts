import type { RecordedCall } from './interfaces.mjs';

type Event = RecordedCall['events'][number]['event'];

const TRANSCRIBED = 'conversation.item.input_audio_transcription.completed';
const SPOKEN = 'response.output_audio_transcript.done';
const WRITTEN = 'response.output_text.done';

/** The words of the user, in the order in which they became known. A session without transcription has only typed ones. */
export const readSaid = ({ events }: RecordedCall): string[] =>
  events.flatMap(({ from, event }) => {
    if (event.type === TRANSCRIBED) return [String(event.transcript)];
    return from === 'client' && event.type === 'conversation.item.create' ? typedWords(event) : [];
  });

/** The words of the agent, as it said or wrote them; what was cut short is whole here. */
export const readHeard = ({ events }: RecordedCall): string[] =>
  events.flatMap(({ event }) => {
    if (event.type === SPOKEN) return [String(event.transcript)];
    return event.type === WRITTEN ? [String(event.text)] : [];
  });

function typedWords({ item }: Event): string[] {
  const { role, content } = (item ?? {}) as { role?: string; content?: { type: string; text?: string }[] };
  if (role !== 'user' || !Array.isArray(content)) return [];
  return content.flatMap(({ type, text }) => (type === 'input_text' && text ? [text] : []));
}
