import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright';
import { SITE } from './site.ts';

const ANSWERED_WITHIN_MS = 45_000;
/** A question that the sandbox answers for every agent, without a tool, and words of the answer. */
export const QUESTION = 'Who are you?';
export const ANSWER = /I follow rules/;
const NO_ARGUMENT = 'no_argument';

interface ToolOfTicket {
  name: string;
  needsApproval: boolean;
}

/** One guest's page. */
export class Visitor {
  /** What the console called an error, and what nobody caught. */
  readonly errors: string[] = [];
  callId = '';
  #tools: ToolOfTicket[] = [];
  #answers = 0;

  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(`${message.text()} ${message.location().url}`);
    });
  }

  /** Signs in as a guest, and sees the page from which calls begin. `prepare` is what a test wants of the page before. */
  static async arrive(browser: Browser, prepare = async (_: Page): Promise<void> => {}): Promise<Visitor> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['microphone'] });
    context.setDefaultTimeout(ANSWERED_WITHIN_MS);
    const visitor = new Visitor(await context.newPage());
    await prepare(visitor.page);
    await visitor.page.goto(`${SITE}/`);
    await visitor.page.getByRole('button', { name: 'Continue as guest' }).click();
    await visitor.page.getByRole('button', { name: 'Talk', exact: true }).waitFor();
    return visitor;
  }

  /** Opens a call over WebRTC, in which the visitor types. */
  async call(): Promise<void> {
    const [response] = await Promise.all([
      this.page.waitForResponse(`${SITE}/api/voice/session`),
      this.page.getByRole('button', { name: 'Type instead' }).click(),
    ]);
    assert.equal(response.status(), 201, await response.text());
    const { callId, tools } = await response.json();
    this.callId = callId;
    this.#tools = tools;
    this.#answers = 0;
    await this.page.getByRole('textbox', { name: /^Message to/ }).waitFor();
  }

  /** Writes something to the agent. */
  async write(words: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: /^Message to/ });
    await field.fill(words);
    await field.press('Enter');
  }

  /** Asks the agent something. Throws unless it answers. */
  async ask(): Promise<void> {
    await this.write(QUESTION);
    this.#answers += 1;
    const answers = this.page.getByRole('log', { name: 'Conversation' }).getByRole('listitem');
    await answers
      .filter({ hasText: ANSWER })
      .nth(this.#answers - 1)
      .waitFor();
  }

  /** Posts what the page posts when the model wants a tool: the first one that needs nothing. Throws unless one ran. */
  async runTool(): Promise<void> {
    const names = this.#tools.filter(({ needsApproval, name }) => !needsApproval && name !== 'end_call');
    for (const { name } of names) if (await this.#run(name, {})) return;
    assert.fail('No tool of the agent runs without arguments.');
  }

  /** The same with an argument that no tool has. Throws unless the tool refuses it. */
  async runToolWith(words: string): Promise<void> {
    const [tool] = this.#tools;
    assert.equal(await this.#run(tool?.name ?? '', { [NO_ARGUMENT]: words }), false);
  }

  /** Returns whether the tool had a result. */
  #run(name: string, args: Record<string, string>): Promise<boolean> {
    const path = `/api/voice/calls/${this.callId}/tools/${name}`;
    return this.page.evaluate(
      async ({ url, given }) => {
        const body = JSON.stringify({ toolCallId: `call_${crypto.randomUUID()}`, arguments: given });
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(url, { method: 'POST', headers, body });
        if (!response.ok) throw new Error(`${url}: ${response.status}`);
        return (await response.json()).ok;
      },
      { url: path, given: args },
    );
  }

  /** Hangs up. Returns the seconds of the receipt. */
  async hangUp(): Promise<number> {
    const [response] = await Promise.all([
      this.page.waitForResponse(`${SITE}/api/voice/calls/${this.callId}/end`),
      this.page.getByRole('button', { name: 'End call' }).click(),
    ]);
    assert.equal(response.status(), 200, await response.text());
    await this.page.getByRole('button', { name: 'Talk again' }).waitFor();
    return (await response.json()).seconds;
  }

  /** Throws when something went wrong in the page that nobody expected. `expected`: an error that belongs to the test. */
  async leave(expected = /^$/): Promise<void> {
    await this.page.context().close();
    assert.deepEqual(
      this.errors.filter((error) => !expected.test(error)),
      [],
    );
  }
}
