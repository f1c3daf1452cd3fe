import type { Awaited, Wait } from '@/lib/client/inspect/waits';

/** One line of the event log. A run of deltas of the same type is one line. */
export interface InspectEvent {
  id: number;
  /** Milliseconds since the call was started. */
  atMs: number;
  /** Who sent it. */
  from: 'server' | 'client';
  type: string;
  /** How many events in a row this line represents. */
  count: number;
  /** A few harmless facts, such as ids and statuses. Never words, arguments, SDP or secrets. */
  detail: string;
}

export type InspectStepName = 'microphone' | 'ticket' | 'sdk' | 'offer' | 'answer' | 'channel';

/** A part of connecting. Parts overlap: microphone, ticket and SDK are fetched at the same time. */
export interface InspectStep {
  name: InspectStepName;
  /** Milliseconds since the call was started. */
  beginMs: number;
  endMs: number;
}

/** One response of the agent. */
export interface InspectTurn {
  responseId: string;
  /** Its first sound, or else its end: milliseconds since the call was started. */
  atMs: number;
  /** `null`: no response was awaited, or heard. */
  wait: Wait | null;
  tokens: number;
  costMicroUsd: number;
  /** The same tokens by kind. */
  spent: InspectTokens;
}

export interface InspectRequest {
  id: number;
  atMs: number;
  method: string;
  /** Without origin and query. */
  path: string;
  /** `null`: no response. */
  status: number | null;
  /** Why it was refused: the provider's cause where it is known, otherwise our code. */
  code: string | null;
  ms: number;
}

export interface InspectTokens {
  inputText: number;
  inputAudio: number;
  inputCached: number;
  outputText: number;
  outputAudio: number;
}

/** What a developer may want to know about the last call. Holds nothing secret. Kept until the next start. */
export interface InspectState {
  model: string | null;
  voice: string | null;
  events: readonly InspectEvent[];
  steps: readonly InspectStep[];
  /** From the start to a call that is up; `null` before. */
  connectMs: number | null;
  turns: readonly InspectTurn[];
  /** A response that is awaited. */
  awaited: Awaited | null;
  tokens: InspectTokens;
  /** Estimate from the provider's price list: tokens, without transcription. */
  costMicroUsd: number;
  requests: readonly InspectRequest[];
}

export const noTokens: InspectTokens = {
  inputText: 0,
  inputAudio: 0,
  inputCached: 0,
  outputText: 0,
  outputAudio: 0,
};

export const emptyInspect: InspectState = {
  model: null,
  voice: null,
  events: [],
  steps: [],
  connectMs: null,
  turns: [],
  awaited: null,
  tokens: noTokens,
  costMicroUsd: 0,
  requests: [],
};
