// `npm run forget -- github_123`: deletes everything that the site stores about a user, as their account page does.
// Plain JavaScript, because the server's modules need the paths of tsconfig.json, and `server-only` a stand-in.
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { createJiti } from 'jiti';

const directory = fileURLToPath(new URL('..', import.meta.url));
nextEnv.loadEnvConfig(directory, false, { info() {}, error: console.error });

const jiti = createJiti(import.meta.url, { tsconfigPaths: true, virtualModules: { 'server-only': {} } });
const { forget } = await jiti.import('./forget.ts');
process.exit(await forget(process.argv.slice(2)));
