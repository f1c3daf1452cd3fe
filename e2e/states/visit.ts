import { expect, type Page } from 'playwright/test';

/** What the way to a state may use. */
export interface Visit {
  page: Page;
  signIn: () => Promise<void>;
}

export interface ReachedState {
  /** Its number and name in the list of the fifteen states; variants have a letter. */
  name: string;
  /** The one sentence of the state on the screen. */
  sentence: RegExp;
  /** The accessible name of its main action; `null` where speaking is the action. */
  action: RegExp | null;
  /** Part of what a screen reader announces. */
  announcement: RegExp;
  reach: (visit: Visit) => Promise<void>;
}

export const typeMessage = async (page: Page, text: string) => {
  const field = page.getByRole('textbox', { name: /^Message to/ });
  await field.fill(text);
  await field.press('Enter');
};

/** A question that the sandbox answers for every agent, in a long sentence and without a tool. */
export const QUESTION = 'Who are you?';

/** The entries of the transcript with the reply to {@link QUESTION}. */
export const answers = (page: Page) =>
  page
    .getByRole('log', { name: 'Conversation' })
    .getByRole('listitem')
    .filter({ hasText: /I follow rules/ });

/** Asks {@link QUESTION}, and waits for its `times`th reply. */
export async function askAgent(page: Page, times = 1): Promise<void> {
  await typeMessage(page, QUESTION);
  await expect(answers(page)).toHaveCount(times);
}

export const talk = (page: Page) => page.getByRole('button', { name: 'Talk', exact: true }).click();

export async function startTyped({ page, signIn }: Visit): Promise<void> {
  await signIn();
  await page.getByRole('button', { name: 'Type instead' }).click();
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toBeVisible();
}

/** The agent's greeting in the transcript. It is a response of its own, which a fault may meet. */
export const greeting = (page: Page) =>
  page.getByRole('log', { name: 'Conversation' }).getByRole('listitem').first();

/** Stops what the agent says in a typed call, whose last reply takes many seconds. */
export async function stopReply(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Stop / }).click();
  await expect(shown(page, /^Ready\. Just type\.$/)).toBeVisible();
}

export async function startSpoken({ page, signIn }: Visit): Promise<void> {
  await signIn();
  await talk(page);
  await expect(page.getByRole('group', { name: 'Call controls' })).toBeVisible({ timeout: 20_000 });
}

/** Whatever the name of the agent. */
export const IS_SPEAKING = /^.+ is speaking\.$/;

/** Interrupts the agent's greeting, which is long. */
export async function hush(page: Page): Promise<void> {
  await expect(shown(page, IS_SPEAKING)).toBeVisible();
  await page.keyboard.press('Escape');
}

export async function startListening(visit: Visit): Promise<void> {
  await startSpoken(visit);
  await hush(visit.page);
}

/** Returns the visible words of a state, not the regions that only a screen reader reads. */
export const shown = (page: Page, words: RegExp) =>
  page
    .getByRole('main')
    .or(page.getByRole('dialog'))
    .getByText(words)
    .and(page.locator(':not([role="status"], [role="alert"], .sr-only)'))
    .filter({ visible: true })
    .first();
