import { test as base, expect } from 'playwright/test';
import { assertAsRecorded } from '../testing/recorded-content.ts';
import { assertReadableBySdk } from '../testing/sdk-schema.ts';
import { Api } from './api.ts';
import { BROWSER_ARGUMENTS } from './browser-arguments.ts';
import { CallPage } from './call-page.ts';
import { FIND_SLOTS, INSTRUCTIONS } from './find-slots.ts';
import type { ConnectOptions } from './pages/page-client.ts';
import { type Client, type Pages, servePages } from './serve-pages.ts';
import { readTarget } from './target.ts';

/** Long enough to be interrupted. */
export const TOOL_OUTPUT = JSON.stringify({
  ok: true,
  summary:
    'On Friday we have nine thirty, ten thirty, eleven, half past two, three and a quarter past four. All of them are with Kim, at the big stand by the window.',
});

/** What the mint bakes into a secret, unless a test says otherwise. */
export const POLICY = {
  type: 'realtime',
  model: 'gpt-realtime-2.1',
  instructions: INSTRUCTIONS,
  tools: [{ type: 'function', ...FIND_SLOTS }],
  audio: { input: { transcription: { model: 'gpt-realtime-whisper' } } },
};

interface OpenOptions extends Partial<ConnectOptions> {
  policy?: object;
}

interface TestFixtures {
  /** Opens a call with a client in a page of its own. */
  open(client: Client, options?: OpenOptions): Promise<CallPage>;
}

interface WorkerFixtures {
  api: Api;
  pages: Pages;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  launchOptions: [
    async ({ browserName: _ }, use) => {
      const path = process.env.PARLEY_BROWSER;
      await use({ ...(path ? { executablePath: path } : {}), args: BROWSER_ARGUMENTS });
    },
    { scope: 'worker' },
  ],

  api: [
    async ({ browserName: _ }, use) => {
      await use(new Api(readTarget(process.env)));
    },
    { scope: 'worker' },
  ],

  pages: [
    async ({ browserName: _ }, use) => {
      const pages = await servePages();
      await use(pages);
      await pages.close();
    },
    { scope: 'worker' },
  ],

  /**
   * Every event of every test must parse with the official SDK's schema and contain what recorded events
   * contain.
   */
  open: async ({ context, api, pages }, use) => {
    const calls: CallPage[] = [];
    await use(async (client, { policy, ...options } = {}) => {
      const call = await CallPage.open(await context.newPage(), pages.url(client));
      calls.push(call);
      const secret = options.secret ?? (await api.mint({ ...POLICY, ...policy }));
      return call.connect({ callsUrl: api.callsUrl, toolOutput: TOOL_OUTPUT, ...options, secret });
    });
    for (const call of calls) {
      for (const event of await call.events()) {
        expect(() => assertReadableBySdk(event), event.type).not.toThrow();
        expect(() => assertAsRecorded(event), event.type).not.toThrow();
      }
      await api.hangUp(call.callId);
    }
    await api.endFaults();
  },
});

/** Skips a test of what only the sandbox offers. */
export const sandboxOnly = (api: Api): void =>
  test.skip(api.target.isLive, 'The real API takes no orders to fail.');

/** Skips a test that makes a real model speak, unless money may be spent. */
export const costsMoney = (api: Api): void =>
  test.skip(!api.target.maySpend, 'Costs money at the real API: add --spend.');
