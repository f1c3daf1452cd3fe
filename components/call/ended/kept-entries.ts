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

/** Returns the transcript as it is kept: the words, without the arguments and raw replies of tools. */
export const toKeptEntries = (transcript: readonly TranscriptEntry[], agent: string): KeptEntry[] =>
  transcript.flatMap((entry) => kept(entry, agent));
