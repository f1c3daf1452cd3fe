import { readFile } from 'node:fs/promises';
import { startSandbox } from '../start-sandbox.ts';
import { installMicrophone } from './browser-microphone.ts';
import type { Caller, RealtimeFixtures, SandboxScope } from './interfaces.mjs';

/** The models load in about 3 s; a busy machine takes longer. */
const START_WITHIN_MS = 120_000;

export const browserArguments = [
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];

type Page = Parameters<RealtimeFixtures['caller']>[0]['page'];

/** As `playwright.d.mts` describes them. Playwright reads the names of the arguments from their source. */
export const realtimeFixtures: RealtimeFixtures = {
  sandboxSettings: [{}, { option: true, scope: 'worker' }],
  sandbox: [
    async ({ sandboxSettings }, use) => {
      const sandbox = await startSandbox(undefined, sandboxSettings);
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker', timeout: START_WITHIN_MS },
  ],
  realtime: async ({ sandbox }, use) => {
    const scope = await sandbox.isolate();
    await use(scope);
    await scope.end();
  },
  caller: async ({ page, realtime }, use) => {
    await page.addInitScript(installMicrophone);
    await use(createCaller(page, realtime));
  },
};

function createCaller(page: Page, scope: SandboxScope): Caller {
  async function play(recording: string | Uint8Array): Promise<void> {
    const bytes = typeof recording === 'string' ? await readFile(recording) : recording;
    await page.evaluate((wav) => window.sandboxMicrophone?.play(wav), Buffer.from(bytes).toString('base64'));
  }
  return { play, speak: async (text, options) => play(await scope.synthesise(text, options)) };
}
