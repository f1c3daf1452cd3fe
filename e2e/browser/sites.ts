/** `PARLEY_E2E_MODE=dev` tests what `npm run dev` serves instead of the production build. */
export const MODE = process.env.PARLEY_E2E_MODE === 'dev' ? 'dev' : 'start';

/**
 * Tests that run at the same time. Each worker has a site of its own, so no fault that one orders hits another. Two dev
 * servers cannot share a folder.
 */
export const WORKERS = MODE === 'dev' ? 1 : Number(process.env.PARLEY_E2E_WORKERS ?? 2);

/** Next, Redis and the Realtime sandbox. */
export const PORTS_PER_SITE = 3;

/** Neighbouring ports, from `PARLEY_E2E_PORT` on. */
export const PORT_COUNT = WORKERS * PORTS_PER_SITE;

export interface Site {
  port: number;
  redisPort: number;
  realtimePort: number;
}

/** Returns the site of a worker; workers count from 0. */
export function siteOfWorker(worker: number): Site {
  const port = Number(process.env.PARLEY_E2E_PORT ?? 3100) + worker * PORTS_PER_SITE;
  return { port, redisPort: port + 1, realtimePort: port + 2 };
}

/** The variables by which a server of the site, and the tests, find its parts. */
export const siteVariables = ({ redisPort, realtimePort }: Site) => ({
  SANDBOX_REDIS_PORT: String(redisPort),
  SANDBOX_REALTIME_PORT: String(realtimePort),
});
