import type { CallBrowser } from '@/lib/client/call-browser';
import type { CallEvent } from '@/lib/shared/call-event';
import type { CallState } from '@/lib/shared/call-state';

/** What the store gives to the engine that it loads. */
export interface EngineContext {
  browser: CallBrowser;
  getState(): CallState;
  dispatch(event: CallEvent): void;
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
  /** A microphone chosen before. Without it, or when it is gone, the browser's default. */
  deviceId?: string;
}
