/** A call as the sandbox records it; see `sandbox/realtime/protocol/call-log.ts`. */
interface SeenCall {
  id: string;
  connected: boolean;
  secret: string | null;
  safetyIdentifier: string | null;
  endedAt: string | null;
  closeReason: string | null;
}

/** Returns the calls of this site's Realtime sandbox, live and finished. */
export async function sandboxCalls(): Promise<SeenCall[]> {
  const { SANDBOX_REALTIME_PORT: port, SANDBOX_API_KEY: key } = process.env;
  const response = await fetch(`http://127.0.0.1:${port}/__sandbox/calls`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!response.ok) throw new Error(`The sandbox returned ${response.status}.`);
  const { calls } = (await response.json()) as { calls: SeenCall[] };
  return calls;
}

/** Returns one of them, or `undefined`. */
export const sandboxCall = async (rtcCallId: string): Promise<SeenCall | undefined> =>
  (await sandboxCalls()).find(({ id }) => id === rtcCallId);
