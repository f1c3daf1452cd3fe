import type { InspectState } from '@/lib/client/inspect/inspect-state';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { TrackedCall } from '@/lib/client/state/call-state';
import type { Writable } from '@/lib/client/state/observable';
import type { CallOptions } from '@/lib/shared/contract';

/** What the store gives to the engine that it loads. */
export interface EngineContext {
  browser: CallBrowser;
  state: Writable<TrackedCall>;
  inspect: Writable<InspectState>;
  /** A tool changed what the page shows. */
  onDataChanged(): void;
  /** Texts sent while the call was being set up, in order; they are handed over once. */
  takeWaitingTexts(): string[];
}

export interface StartOptions {
  /** Without a microphone: the person types, the agent still speaks. */
  typed?: boolean;
  /** End my other open call first. */
  takeOver?: boolean;
  agent?: string;
  /** Inside the agent's own choices. */
  options?: CallOptions;
}
