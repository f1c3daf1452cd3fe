import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { startSandbox } from '../start-sandbox.ts';
import { readTarget } from './target.ts';

/** Starts the sandbox for the tests, unless they run against the real API. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (readTarget(process.env).isLive) return async () => {};
  process.env.CONTRACT_API_KEY = `sk-sandbox-${randomBytes(24).toString('hex')}`;
  const sandbox = await (await findStart())(process.env.CONTRACT_API_KEY);
  process.env.CONTRACT_BASE_URL = sandbox.baseUrl;
  return async () => {
    const code = await sandbox.stop();
    if (code !== 0) throw new Error(`The sandbox did not end cleanly (exit code ${code}).`);
  };
}

/** Of this folder, or of an installed package. */
async function findStart(): Promise<typeof startSandbox> {
  const installed = process.env.CONTRACT_PACKAGE;
  if (!installed) return startSandbox;
  const module: { startSandbox: typeof startSandbox } = await import(pathToFileURL(installed).href);
  return module.startSandbox;
}
