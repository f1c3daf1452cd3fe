// `npm run eval`: callers who speak hold conversations with the site, and what happened is checked.
// Plain JavaScript, because the app's modules need the paths of tsconfig.json, and `server-only` a stand-in.
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { createJiti } from 'jiti';

const directory = fileURLToPath(new URL('..', import.meta.url));
nextEnv.loadEnvConfig(directory, true, { info() {}, error: console.error });

const jiti = createJiti(import.meta.url, { tsconfigPaths: true, virtualModules: { 'server-only': {} } });
const { evaluate } = await jiti.import('./evaluate.ts');
process.exit(await evaluate(process.argv.slice(2), directory));
