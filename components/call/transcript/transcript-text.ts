import { heardText } from '@/components/call/transcript/split-spoken';
import { toolOutcomeText, toolStatusText } from '@/components/call/transcript/tool-words';
import type { TranscriptEntry } from '@/lib/client/state/call-state';

function formatEntry(entry: TranscriptEntry, agent: string): string {
  switch (entry.kind) {
    case 'user':
      return `You: ${entry.text || '(not understood)'}`;
    case 'agent':
      return `${entry.speaker ?? agent}: ${heardText(entry)}${entry.state === 'interrupted' ? ' … [interrupted]' : ''}`;
    case 'tool': {
      const status = entry.state === 'running' ? 'Not finished' : toolStatusText(entry, 0);
      const outcome = toolOutcomeText(entry);
      return `[${entry.title}: ${status}]${outcome ? ` ${outcome}` : ''}`;
    }
    case 'handoff':
      return `(${entry.from} handed over to ${entry.to})`;
    case 'guardrail':
      return `(Stopped by a rule. ${entry.text})`;
    case 'note':
      return `(${entry.text})`;
  }
}

/** Returns the transcript as plain text, one paragraph per entry. */
export function transcriptText(transcript: readonly TranscriptEntry[], agent: string): string {
  return `${transcript.map((entry) => formatEntry(entry, agent)).join('\n\n')}\n`;
}
