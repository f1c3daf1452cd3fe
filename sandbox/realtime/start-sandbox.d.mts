import type { Sandbox, SandboxSettings } from './suite/interfaces.mjs';

export type {
  RecordedCall,
  RecordedEvent,
  Sandbox,
  SandboxScope,
  SandboxSettings,
} from './suite/interfaces.mjs';

/**
 * Starts the sandbox as a process of its own on a free port, and waits until its recogniser and its synthesiser are
 * ready. `apiKey` is the only key that it accepts beside those of its scopes; without it, one is made. Throws when it
 * ends before that, having printed why.
 */
export function startSandbox(apiKey?: string, settings?: SandboxSettings): Promise<Sandbox>;
