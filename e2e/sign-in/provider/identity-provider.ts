import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Orders } from './orders.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const START_LIMIT_MS = 20_000;

/** The callback of any site on this machine. */
const CALLBACK = 'http://localhost/api/auth/callback/oidc';

const NO_ORDERS: Orders = { people: {}, audience: null, clockAheadSeconds: 0 };

interface Options {
  /** ID tokens hold all claims. Otherwise they are in userinfo alone, as the specification wants it of this flow. */
  hasFatIdTokens?: boolean;
}

/** A company's OpenID provider, on a site of its own for the browser: http://127.0.0.1. */
export class IdentityProvider {
  readonly issuer: string;
  readonly #child: ChildProcess;
  readonly #env: Record<string, string>;
  #orders = NO_ORDERS;

  private constructor(issuer: string, child: ChildProcess, env: Record<string, string>) {
    this.issuer = issuer;
    this.#child = child;
    this.#env = env;
  }

  static async start({ hasFatIdTokens = false }: Options = {}): Promise<IdentityProvider> {
    const env = {
      OIDC_CLIENT_ID: 'parley',
      OIDC_CLIENT_SECRET: randomBytes(24).toString('hex'),
      OIDC_CALLBACK: CALLBACK,
      OIDC_FAT_ID_TOKENS: String(hasFatIdTokens),
    };
    const child = spawn(process.execPath, ['--import', 'jiti/register', 'e2e/sign-in/provider/main.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    const firstLine = once(createInterface(child.stdout), 'line', {
      signal: AbortSignal.timeout(START_LIMIT_MS),
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The provider did not start:\n${complaints}`);
    });
    const [issuer] = await Promise.race([firstLine, ended]);
    ended.catch(() => undefined);
    return new IdentityProvider(String(issuer), child, env);
  }

  /** The variables by which a site finds it. */
  get variables(): Record<string, string> {
    return {
      AUTH_OIDC_ISSUER: this.issuer,
      AUTH_OIDC_ID: this.#env.OIDC_CLIENT_ID ?? '',
      AUTH_OIDC_SECRET: this.#env.OIDC_CLIENT_SECRET ?? '',
      AUTH_OIDC_NAME: 'Acme',
      AUTH_OIDC_SCOPE: 'groups',
    };
  }

  get secret(): string {
    return this.#env.OIDC_CLIENT_SECRET ?? '';
  }

  /** Gives orders; what they do not name stays. */
  async order(orders: Partial<Orders>): Promise<void> {
    this.#orders = { ...this.#orders, ...orders };
    const response = await fetch(`${this.issuer}/orders`, {
      method: 'PUT',
      body: JSON.stringify(this.#orders),
    });
    if (!response.ok) throw new Error(`The provider did not take the orders: ${response.status}`);
  }

  /** Knows this person from now on. */
  hire(sub: string, claims: Record<string, unknown>): Promise<void> {
    return this.order({ people: { ...this.#orders.people, [sub]: claims } });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
