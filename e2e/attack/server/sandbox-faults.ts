/** Faults ordered from this site's Realtime sandbox: see sandbox/realtime/control. */
const address = (path: string) => `http://127.0.0.1:${process.env.SANDBOX_REALTIME_PORT}/__sandbox/${path}`;

const headers = () => ({
  authorization: `Bearer ${process.env.SANDBOX_API_KEY}`,
  'content-type': 'application/json',
});

export interface SandboxFault {
  status?: number;
  code?: string;
  param?: string;
  secretPrefix?: string;
  noLocation?: true;
  timeout?: true;
  garbage?: true;
  latencyMs?: number;
  times?: number;
}

/** Faults of the model itself: how long it waits, and how it errs. */
interface ModelFaults {
  wait?: { fromMs: number; toMs: number; times?: number };
  mistakes?: { repeatCalls?: true; callInstead?: Record<string, string>; addWords?: string };
}

/** Orders faults from now on, by endpoint: `mint`, `calls` or `hangup`; or `now`, done at once; or of the model. */
export async function orderFaults(
  faults: Record<string, SandboxFault | { action: string }> | ModelFaults,
): Promise<void> {
  const answer = await fetch(address('faults'), {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify(faults),
  });
  if (!answer.ok) throw new Error(`The sandbox refused the order: ${await answer.text()}`);
}

export async function clearFaults(): Promise<void> {
  await fetch(address('faults'), { method: 'DELETE', headers: headers() });
}
