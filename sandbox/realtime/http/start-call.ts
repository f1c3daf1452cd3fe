import type { Faults } from '../control/faults.ts';
import { createTroubles } from '../control/troubles.ts';
import type { Connection, Media } from '../media/interfaces.ts';
import type { Mind } from '../mind/interfaces.ts';
import type { Memory } from '../mind/memory.ts';
import { RealtimeCall } from '../protocol/call.ts';
import type { Clock } from '../protocol/clock.ts';
import type { Session } from '../protocol/policy/session.ts';
import type { Pace } from '../protocol/responses/pace.ts';
import type { CallRegistry } from './call-registry.ts';

export interface CallDeps {
  media: Promise<Media>;
  mind: Mind;
  startMemory(): Memory;
  calls: CallRegistry;
  clock: Clock;
  faults: Faults;
  pace: Pace;
  maxSessionSeconds: number;
  /** Hosts beside this machine whose MCP servers may be called. */
  mcpHosts: readonly string[];
}

/** Whose call it is. */
export interface CallIdentity {
  id: string;
  session: Session;
  safetyIdentifier: string | null;
  secret: string | null;
}

/** Starts a call over a connection that is open or about to open, and lists it. */
export function startCall(
  deps: CallDeps,
  media: Media,
  identity: CallIdentity,
  connection: Connection,
): RealtimeCall {
  const call = new RealtimeCall(
    {
      ...identity,
      isContinued: deps.calls.isContinued(identity.safetyIdentifier),
      media,
      mind: deps.mind,
      memory: deps.startMemory(),
      pace: deps.pace,
      maxSeconds: deps.maxSessionSeconds,
      clock: deps.clock,
      mcpHosts: deps.mcpHosts,
      troubles: createTroubles(deps.faults),
      onEnded: () => deps.calls.finish(call),
    },
    connection,
  );
  deps.calls.add(call);
  return call;
}
