import type { AgentSpeech, ObservedCall, ToolUse, Wait } from '../call/observed.ts';

/** A call in which nothing went wrong and nothing happened. */
export const quietCall: ObservedCall = {
  callId: 'call_test',
  model: 'gpt-realtime-2.1-mini',
  acts: [],
  speeches: [],
  understood: [],
  tools: [],
  waits: [],
  spent: { microUsd: 0, tokens: 0 },
  ended: { reason: 'user', seconds: 20 },
  stored: {},
  troubles: [],
};

let uses = 0;

/** A use of a tool that changes nothing; `changes` says what is different. */
export const useOf = (name: string, changes: Partial<ToolUse> = {}): ToolUse => ({
  toolCallId: `call_${++uses}`,
  name,
  title: name.replace('_', ' '),
  arguments: {},
  changesData: false,
  needsApproval: false,
  askedAtMs: 1000,
  ranAtMs: 1200,
  outcome: 'done',
  summary: '',
  approval: 'not asked',
  ...changes,
});

/** A use of a tool that sends something, after a yes on the screen. */
export const sendOf = (args: unknown, changes: Partial<ToolUse> = {}): ToolUse =>
  useOf('send_parcel', {
    ...{ arguments: args, changesData: true, needsApproval: true, approval: 'allowed' },
    ...changes,
  });

export const speechOf = (text: string, heard = text): AgentSpeech => ({
  ...{ fromMs: 0, untilMs: 1000, cut: false },
  text,
  heard,
});

export const waitOf = (kind: Wait['kind'], ms: number | null): Wait => ({ after: 'Hello', kind, ms });
