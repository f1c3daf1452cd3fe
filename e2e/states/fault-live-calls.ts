import { orderFaults } from '../attack/server/sandbox-faults.ts';

type Blow = 'drop_channel' | 'kill_peer' | 'freeze_audio' | 'expire_session';

/** Applies a fault to every live call, as a bad network or a restarted service would. */
export const faultLiveCalls = (action: Blow): Promise<void> => orderFaults({ now: { action } });

/** Hangs up one call at the provider, without our server. */
export async function hangUp(rtcCallId: string): Promise<void> {
  const { SANDBOX_REALTIME_PORT: port, SANDBOX_API_KEY: key } = process.env;
  const answer = await fetch(`http://127.0.0.1:${port}/v1/realtime/calls/${rtcCallId}/hangup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Error(`The sandbox did not hang up: ${answer.status}`);
}
