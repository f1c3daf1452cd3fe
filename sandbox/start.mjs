// `npm start`: plain JavaScript without a development dependency, because hosts prune those before they start.
// Starts Next in this process, or, with PARLEY_SANDBOX=1, the runner that embeds the offline sandbox.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import './runner/services/follow-parent.mjs';

const directory = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);

// The environment with the `.env` files, which Next reads again itself.
const log = { info() {}, error: console.error };
const env = { ...nextEnv.loadEnvConfig(directory, false, log).combinedEnv };
nextEnv.resetEnv();

const isSet = (name) => (env[name] ?? '').trim() !== '';
const isOn = (name) => ['1', 'true'].includes((env[name] ?? '').trim());
const isInstalled = (name) => {
  try {
    return import.meta.resolve(name) !== '';
  } catch {
    return false;
  }
};

/** Each must have one of its variables. */
const NEEDED = Object.values(
  JSON.parse(readFileSync(new URL('needed-variables.json', import.meta.url), 'utf8')),
);

async function startSandbox() {
  if (!['jiti', '@parley/realtime-sandbox', '@parley/redis-sandbox'].every(isInstalled)) {
    console.error('PARLEY_SANDBOX=1 needs the offline sandbox, which is not installed. Run: npm ci');
    process.exit(1);
  }
  process.argv.splice(2, Infinity, 'start', ...words);
  await import('jiti/register');
  await import('./run.ts');
}

async function startNext() {
  const missing = NEEDED.filter((names) => !names.some(isSet)).map(([name]) => name);
  if (missing.length > 0) {
    console.log(`Not configured: ${missing.join(', ')}. The page says what to set.`);
    console.log('PARLEY_SANDBOX=1 starts the offline demo.');
  }
  process.chdir(directory);
  process.argv.splice(2, Infinity, 'start', ...words);
  await import('next/dist/bin/next');
}

// `vercel env pull` writes VERCEL=1 into .env.local of a developer's machine too.
const isOnVercel = isSet('VERCEL') && env.VERCEL_ENV?.trim() !== 'development';
await (isOn('PARLEY_SANDBOX') && !isOnVercel ? startSandbox() : startNext());
