import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { endProgram } from '../browser/end-program.ts';
import { findNeighbouringPorts } from '../browser/free-ports.ts';

const READY_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 5_000;
/** What a {@link Driver} needs, as Debian's `webkit2gtk-driver` and `xvfb` install it. */
export const WEBKIT_PROGRAMS = ['WebKitWebDriver', 'Xvfb'] as const;
const BROWSERS = ['4.1', '6.0', '4.0'].flatMap((version) =>
  ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
);

/** Returns the path of WebKitGTK's own browser, or `undefined`. */
export const findMiniBrowser = (): string | undefined => BROWSERS.find((path) => existsSync(path));

/** A WebKit on a screen of its own, driven over WebDriver. */
export class Driver {
  version = '';
  readonly #programs: ChildProcess[] = [];
  #origin = '';

  /** Throws when it is not there within 15 s. */
  static async start(browser: string): Promise<Driver> {
    const driver = new Driver();
    try {
      await driver.#open(browser);
      return driver;
    } catch (error) {
      await driver.stop();
      throw error;
    }
  }

  async #open(browser: string): Promise<void> {
    const screen = this.#run('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
    const [display] = (await once(createInterface({ input: screen.stdout ?? process.stdin }), 'line', {
      signal: AbortSignal.timeout(READY_WITHIN_MS),
    })) as [string];
    const port = await findNeighbouringPorts(1);
    this.#run('WebKitWebDriver', [`--port=${port}`], { DISPLAY: `:${display}` });
    this.#origin = `http://127.0.0.1:${port}`;
    // Without the frame of a window, which is never narrower than 447 pixels.
    const options = { binary: browser, args: ['--automation', '--full-screen'] };
    const wanted = { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } };
    const giveUp = AbortSignal.timeout(READY_WITHIN_MS);
    while (!(await fetch(`${this.#origin}/status`, { signal: giveUp }).catch(() => null))) {
      await delay(100, undefined, { signal: giveUp });
    }
    const session = (await this.#send('POST', '/session', wanted)) as Session;
    this.version = `${session.capabilities.browserName} ${session.capabilities.browserVersion}`;
    this.#origin += `/session/${session.sessionId}`;
  }

  #run(program: string, words: string[], env: Record<string, string> = {}): ChildProcess {
    const child = spawn(program, words, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#programs.push(child);
    return child;
  }

  async #send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }

  open = (url: string) => this.#send('POST', '/url', { url });

  resize = (width: number, height: number) => this.#send('POST', '/window/rect', { width, height });

  /** Runs a function in the page. It may use nothing from outside; a promise is awaited. */
  evaluate = async <Result, Value>(
    run: (value: Value) => Result | Promise<Result>,
    value: Value,
  ): Promise<Result> => {
    const script = `const done = arguments[1]; Promise.resolve((${run})(arguments[0])).then(done);`;
    return (await this.#send('POST', '/execute/async', { script, args: [value] })) as Result;
  };

  /** Runs the text of a program in the page. */
  load = (program: string) => this.#send('POST', '/execute/sync', { script: program, args: [] });

  /** Returns the names, as a screen reader says them, of all elements with this role. */
  async names(role: string): Promise<string[]> {
    return (await this.#find(role)).map(({ name }) => name);
  }

  /** Clicks the element with this role and name. Throws when there is none. */
  async click(role: string, name: string): Promise<void> {
    const found = (await this.#find(role)).find((one) => one.name === name);
    if (!found) throw new Error(`There is no ${role} "${name}".`);
    await this.#send('POST', `/element/${found.id}/click`, {});
  }

  async #find(role: string): Promise<{ id: string; name: string }[]> {
    const value = `${CANDIDATES[role] ?? ''}, [role="${role}"]`.replace(/^, /, '');
    const elements = (await this.#send('POST', '/elements', { using: 'css selector', value })) as object[];
    const found: { id: string; name: string }[] = [];
    for (const element of elements) {
      const id = String(Object.values(element)[0]);
      if (!(await this.#send('GET', `/element/${id}/displayed`))) continue;
      found.push({ id, name: String(await this.#send('GET', `/element/${id}/computedlabel`)) });
    }
    return found;
  }

  async stop(): Promise<void> {
    if (this.version !== '') await this.#send('DELETE', '').catch(() => undefined);
    for (const program of this.#programs.reverse()) await endProgram(program, STOP_WITHIN_MS);
  }
}

interface Session {
  sessionId: string;
  capabilities: { browserName: string; browserVersion: string };
}

/** Elements that may have a role without saying so. */
const CANDIDATES: Record<string, string> = { button: 'button', link: 'a[href]', heading: 'h1, h2' };
