import { expect, type Page, type Response } from 'playwright/test';
import { AttackServer } from '../../attack/server/attack-server.ts';
import { newPerson, type Person } from '../../attack/server/people.ts';
import { cookiesOf } from '../../browser/cookies.ts';

/** A page on which one attempt after another is refused, each by another person. */
export interface Walk {
  page: Page;
  server: AttackServer;
  /** Who makes the next attempt. */
  person: Person;
}

export const TICKET = '**/api/voice/session';
const isTicket = (response: Response) => new URL(response.url()).pathname === '/api/voice/session';

/** What the spec's server lets through: few calls a minute, and one guest of a network at a time. */
export const startWalkedServer = () =>
  AttackServer.start({
    env: {
      VOICE_CONNECT: 'relay',
      VOICE_CALLS_PER_MINUTE: '15',
      VOICE_GUEST_SECONDS_PER_DAY: '300',
      CLIENT_IP_HEADER: 'x-real-ip',
    },
  });

/** The page goes on as this person. */
export async function become(walk: Walk, person: Person): Promise<void> {
  walk.person = person;
  const context = walk.page.context();
  await context.clearCookies();
  await context.addCookies(cookiesOf(person.cookie, walk.server.url));
}

export async function beginWalk(page: Page, server: AttackServer): Promise<Walk> {
  const walk = { page, server, person: await newPerson() };
  await become(walk, walk.person);
  await page.goto(server.url);
  return walk;
}

/** Begins an attempt. */
export const start = (page: Page) => page.getByRole('button', { name: 'Type instead' }).click();

/** Makes an attempt. Returns the call that the server opened. */
export async function openCall(page: Page): Promise<string> {
  const answered = page.waitForResponse(isTicket);
  await start(page);
  const response = await answered;
  expect(response.status()).toBe(201);
  return (await response.json()).callId;
}

/** What the server answered. */
export interface Said {
  status: string;
  code: string;
  message: string;
}

/** Makes an attempt that is refused. */
export async function beRefused(page: Page): Promise<Said> {
  const answered = page.waitForResponse(isTicket);
  await start(page);
  const response = await answered;
  const { error } = await response.json();
  return { status: String(response.status()), code: error.code, message: error.message };
}

const away = (page: Page) => page.getByRole('button', { name: /^(Back|Not now)$/ });
const elsewhere = (page: Page) => page.getByRole('link', { name: /^(Sign in|See what’s missing)$/ });

/** The card that stands in the place of the stage. */
const card = (page: Page) => page.getByRole('region').filter({ has: away(page).or(elsewhere(page)) });

/** Waits until the card says these words. */
export const expectWords = (page: Page, words: string) =>
  expect(card(page)).toContainText(words, { useInnerText: true });

/** Puts the card away: the next attempt begins from the start. */
export async function dismiss(walk: Walk): Promise<void> {
  if (!(await elsewhere(walk.page).isVisible())) return away(walk.page).click();
  await become(walk, await newPerson());
  await walk.page.goto(walk.server.url);
}
