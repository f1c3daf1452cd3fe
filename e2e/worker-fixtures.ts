import { test } from 'playwright/test';
import { AttackServer } from './attack/server/attack-server.ts';
import { microphoneArguments } from './browser/microphone-arguments.ts';

interface WorkerFixtures {
  /** A server with the default settings and a database of its own, shared by the specs that a worker runs. */
  server: AttackServer;
}

/**
 * The tests of every spec, with or without a page. All have the same worker fixtures, so a worker process with its
 * browser serves spec after spec.
 */
export const workerTest = test.extend<object, WorkerFixtures>({
  launchOptions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures a function needs from its pattern.
    async ({}, use) => {
      await use({
        ...(process.env.PARLEY_BROWSER ? { executablePath: process.env.PARLEY_BROWSER } : {}),
        args: microphoneArguments(),
      });
    },
    { scope: 'worker' },
  ],

  server: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const server = await AttackServer.start();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});
