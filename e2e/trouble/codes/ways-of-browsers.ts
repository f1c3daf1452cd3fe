import { type BrowserContext, expect, type Page } from 'playwright/test';
import { orderFaults } from '../../attack/server/sandbox-faults.ts';
import { shown } from '../../states/visit.ts';
import { TICKET } from './walk.ts';

/** Longer than the page waits for any step of a connection. */
const TOO_LONG_MS = 16_000;

/** Nothing listens there. */
const NOBODY = { urls: ['turn:127.0.0.1:9?transport=tcp'], username: 'voice', credential: 'word' };

/** Prepares what only the page finds out. May return what happens after the click. */
type Way = (page: Page, context: BrowserContext) => Promise<(() => Promise<unknown>) | undefined>;

/** By code of `docs/error-codes.md`. The clock of the page is the test's. */
export const WAYS_OF_BROWSERS: Record<string, Way> = {
  // The first, because a pointer that has moved already has fetched what is missing here.
  async part_missing(page) {
    // Everything that the screen needs is here by then.
    await expect(page.getByRole('status').filter({ hasText: /^Ready\./ })).toBeAttached();
    await page.route('**/_next/static/**', (route) => route.fulfill({ status: 404, body: 'Not found' }));
    return undefined;
  },
  async timeout(page) {
    await page.route(TICKET, () => undefined);
    const asked = page.waitForRequest(TICKET);
    return async () => {
      await asked;
      await page.clock.fastForward(TOO_LONG_MS);
    };
  },
  async network(_, context) {
    await context.setOffline(true);
    return undefined;
  },
};

/** What only a page finds out that sends its offer to the provider itself. */
export const WAYS_OF_DIRECT_CALLS: Record<string, Way> = {
  async not_offered_here() {
    await orderFaults({ calls: { status: 403, code: 'unsupported_country_region_territory' } });
    return undefined;
  },
  async no_way_through(page) {
    await page.route(TICKET, async (route) => {
      const response = await route.fetch();
      const ticket = await response.json();
      await route.fulfill({ response, json: { ...ticket, ice: { servers: [NOBODY], policy: 'relay' } } });
    });
    return async () => {
      await shown(page, /is picking up…$/).waitFor();
      await page.clock.fastForward(TOO_LONG_MS);
    };
  },
};
