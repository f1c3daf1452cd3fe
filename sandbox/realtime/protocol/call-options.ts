import type { Media } from '../media/interfaces.ts';
import type { Mind } from '../mind/interfaces.ts';
import type { Memory } from '../mind/memory.ts';
import type { Clock } from './clock.ts';
import type { Session } from './policy/session.ts';
import type { Pace } from './responses/pace.ts';
import type { Troubles } from './troubles.ts';

/** Whose call it is, and what it works with. */
export interface CallOptions {
  id: string;
  session: Session;
  safetyIdentifier: string | null;
  secret: string | null;
  /** The same user was connected until a moment ago. */
  isContinued: boolean;
  media: Media;
  mind: Mind;
  memory: Memory;
  pace: Pace;
  maxSeconds: number;
  clock: Clock;
  troubles: Troubles;
  /** Hosts beside this machine whose MCP servers may be called. */
  mcpHosts: readonly string[];
  onEnded(): void;
}
