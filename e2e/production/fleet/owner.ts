import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright';
import { sessionCookieName, tokenOf } from '../../attack/server/people.ts';
import { type Fleet, SITE } from './site.ts';

const ANSWERED_WITHIN_MS = 20_000;
/** For `ADMIN_EMAILS`. */
export const OWNER = `owner-${randomUUID()}@example.com`;

/** Returns the name and the value of the cookie of somebody who has an account, and has never been here. */
async function newMember({ authSecret }: Fleet, claims: object): Promise<[string, string]> {
  const token = await tokenOf(`github_${randomUUID()}`, { secret: authSecret, claims });
  return [`__Host-${sessionCookieName(authSecret)}`, token];
}

/** Returns the whole `Cookie` header of such a person. */
export const memberCookie = async (fleet: Fleet): Promise<string> => (await newMember(fleet, {})).join('=');

/** The page of whoever owns the site, with the console in it. */
export class Owner {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async arrive(browser: Browser, fleet: Fleet): Promise<Owner> {
    const [name, value] = await newMember(fleet, { verifiedEmail: OWNER });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    context.setDefaultTimeout(ANSWERED_WITHIN_MS);
    await context.addCookies([{ name, value, url: SITE, httpOnly: true, secure: true }]);
    const page = await context.newPage();
    await page.goto(`${SITE}/admin`);
    await page.getByText('Nobody is in a call.').waitFor();
    return new Owner(page);
  }

  /**
   * Presses a button, and answers its question. Returns when the answer was given, by the clock of this machine, and what
   * resolves when the console says that it worked.
   */
  async act(label: string, answer: string): Promise<{ answeredAtMs: number; done: Promise<void> }> {
    await this.page.getByRole('button', { name: new RegExp(`^${label}`) }).click();
    const dialog = this.page.getByRole('alertdialog');
    const button = dialog.getByRole('button', { name: answer, exact: true });
    await button.waitFor();
    const answeredAtMs = Date.now();
    await button.click();
    return { answeredAtMs, done: dialog.waitFor({ state: 'hidden' }) };
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}
