import type { WireFormat } from '../../media/audio/wire-audio.ts';
import type { Pcm48k } from '../../media/interfaces.ts';

/** Where a piece of speech belongs. */
export interface SpokenPlace {
  responseId: string;
  itemId: string;
  outputIndex: number;
  /** How the audio is written, where it travels inside events. */
  format: WireFormat;
}

/** What a listener missed when speech was cut. */
export interface Cut {
  itemId: string;
  playedMs: number;
  queuedMs: number;
}

/** Where the agent's voice goes: into a track that this server plays, or into events that the client plays. */
export interface VoiceOutput {
  /** Something is still to be heard. */
  readonly busy: boolean;
  /** Called when the last word was played or cut. */
  onSilent: () => void;
  /** Resolves when the next piece may follow; stops without an error when the signal aborts. */
  enqueue(place: SpokenPlace, pcm: Pcm48k, signal: AbortSignal): Promise<void> | void;
  /** Marks that this response gets no more audio. */
  finish(responseId: string): void;
  /** Stops speaking at once. Returns what was cut; empty when only the client knows. */
  clear(): Cut[];
}
