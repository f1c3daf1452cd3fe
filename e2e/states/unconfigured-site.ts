import { NextProcess } from '../attack/server/next-process.ts';
import { findNeighbouringPorts } from '../browser/free-ports.ts';

/** Starts the built site as a deployment on which nothing was set. */
export async function startUnconfiguredSite(): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await findNeighbouringPorts(1);
  const { PATH, HOME } = process.env;
  const next = new NextProcess(port, { PATH, HOME, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  await next.start();
  return { url: `http://localhost:${port}/`, stop: () => next.kill() };
}
