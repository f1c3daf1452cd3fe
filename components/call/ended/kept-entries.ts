import { heardText } from '@/components/call/transcript/split-spoken';
import { toolOutcomeText } from '@/components/call/transcript/tool-words';
import type { TranscriptEntry } from '@/lib/client/state/call-state';
import type { KeptEntry } from '@/lib/shared/kept-transcript';

function kept(entry: TranscriptEntry, agent: string): KeptEntry[] {
  switch (entry.kind) {
    case 'user':
      return [{ kind: 'user', text: entry.text, typed: entry.typed }];
    case 'agent':
      return [
        {
          kind: 'agent',
          speaker: entry.speaker ?? agent,
          text: heardText(entry),
          interrupted: entry.state === 'interrupted',
        },
      ];
    case 'tool': {
      const { state, title } = entry;
      const isOver = state === 'done' || state === 'failed' || state === 'denied';
      return isOver ? [{ kind: 'tool', title, state, outcome: toolOutcomeText(entry) }] : [];
    }
    case 'handoff':
      return [{ kind: 'handoff', from: entry.from, to: entry.to }];
    case 'guardrail':
      return [{ kind: 'guardrail', text: entry.text }];
    case 'note':
      return [{ kind: 'note', text: entry.text }];
  }
}

/** The server takes so many entries, and 128 KiB. */
const MOST_ENTRIES = 500;
const MOST_BYTES = 120 * 1024;

const BEGINNING_MISSING: KeptEntry = {
  kind: 'note',
  text: 'The beginning of this conversation was too long to keep.',
};

/** Returns the newest entries that the server takes, and says if these are not all. */
function newest(entries: readonly KeptEntry[]): KeptEntry[] {
  const encoder = new TextEncoder();
  // What says that there was more is one of them.
  const most = entries.length > MOST_ENTRIES ? MOST_ENTRIES - 1 : MOST_ENTRIES;
  let bytes = 0;
  const before = entries.findLastIndex((entry, index) => {
    bytes += encoder.encode(JSON.stringify(entry)).length + 1;
    return bytes > MOST_BYTES || entries.length - index > most;
  });
  return before < 0 ? [...entries] : [BEGINNING_MISSING, ...entries.slice(before + 1)];
}

/** Returns the transcript as it is kept: the words, without the arguments and raw replies of tools. */
export const toKeptEntries = (transcript: readonly TranscriptEntry[], agent: string): KeptEntry[] =>
  newest(transcript.flatMap((entry) => kept(entry, agent)));
