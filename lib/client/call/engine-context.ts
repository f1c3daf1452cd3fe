import type { LoadSdk } from '@/lib/client/connection/load-sdk';
import type { InspectState } from '@/lib/client/inspect/inspect-state';
import type { CallBrowser } from '@/lib/client/page/browser';
import type { TrackedCall } from '@/lib/client/state/call-state';
import type { Writable } from '@/lib/client/state/observable';
import type { CallOptions } from '@/lib/shared/contract';

/** What the store hands to the engine that it loads. */
export interface EngineContext {
  browser: CallBrowser;
  loadSdk: LoadSdk;
  state: Writable<TrackedCall>;
  inspect: Writable<InspectState>;
  /** A tool changed what the page shows. */
  onDataChanged(): void;
  /** An attempt was settled: other minutes are left today than the page shows. */
  onMinutesChanged(): void;
  /** Returns the texts sent while the call was being set up, in order, and forgets them. */
  takeWaitingTexts(): string[];
}

export interface StartOptions {
  /** Without a microphone: the user types, the agent still speaks. */
  typed?: boolean;
  /** Ends the user's other open call first. */
  takeOver?: boolean;
  agent?: string;
  /** Must be among the agent's own choices. */
  options?: CallOptions;
  /** The server connects this user's calls: the offer goes with the request for the ticket. */
  relayed?: boolean;
}
